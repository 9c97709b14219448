// @ts-check

const NAME = "prosa";

/** A word to the other tabs of this browser, whatever page they show. @param {string} word */
export function tellTabs(word) {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(word);
  channel.close();
}

/** @param {string} word @param {() => void} listener */
export function hearTabs(word, listener) {
  new BroadcastChannel(NAME).addEventListener("message", ({ data }) => data === word && listener());
}
