// @ts-check
import { byId, setText } from "./dom.js";

const PATIENCE_MS = 1_000; // a reconnect that is quicker than this is nobody's business
const SPOKEN = 5;
const NOTICE_MS = 6_000;

/** Says that the connection is gone, once it has been for a while. */
export class StateBar {
  #text;
  #bar = byId("state-bar");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.lost();
  }

  lost() {
    this.#timer ??= setTimeout(() => setText(this.#bar, this.#text), PATIENCE_MS);
  }

  back() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    setText(this.#bar, "");
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let noticed;

/** A word about what was just done, or could not be, that goes by itself. @param {string} text */
export function notify(text) {
  const notice = byId("notice");
  clearTimeout(noticed);
  setText(notice, text);
  noticed = setTimeout(() => setText(notice, ""), NOTICE_MS);
}

/** Who is typing in the current room. @param {string[]} names @param {any} words */
export function showTyping(names, words) {
  const [name, other] = names;
  const word = ["typing-one", "typing-two"][names.length - 1] ?? "typing-many";
  setText(byId("typing"), names.length ? words.say(word, { name, other }) : "");
}

/** Reads new messages out to those who listen to the page; history stays silent. @param {string} text */
export function announce(text) {
  const announcer = byId("announcer");
  const line = document.createElement("p");
  line.textContent = text;
  announcer.append(line);
  while (announcer.childElementCount > SPOKEN) announcer.firstElementChild.remove();
}

/**
 * On the tab: how often one is called, and by a dot on its icon that there is something to read.
 * @param {{unread: number, called: number}} counts @param {string | undefined} room @param {string} site
 */
export function showTitle({ unread, called }, room, site) {
  const place = room ? `${room} · ${site}` : site;
  const title = called ? `(${called}) ${place}` : place;
  if (document.title !== title) document.title = title;
  const icon = byId("icon");
  const href = unread ? icon.dataset.unread : icon.dataset.quiet;
  if (icon.getAttribute("href") !== href) icon.href = href;
}
