// @ts-check

const APPLE = /Mac|iP/.test(navigator.platform);
/** @type {Record<string, string>} */
const SIGNS = { Ctrl: "⌘", Shift: "⇧" };

/** Whether Ctrl is held and nothing else, or ⌘ on Apple's keyboards. @param {KeyboardEvent} event */
export function isHeld({ altKey, ctrlKey, metaKey }) {
  return (APPLE ? metaKey : ctrlKey) && !altKey;
}

/** What stands on a key. @param {string} key */
export function labelOf(key) {
  return (APPLE && SIGNS[key]) || key;
}
