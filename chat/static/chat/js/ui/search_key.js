// @ts-check
import { byId, setText } from "./dom.js";

const APPLE = /Mac|iP/.test(navigator.platform);

/** Ctrl/Cmd+Shift+F leads to the field for searching, wherever one is. */
export function heedSearchKey() {
  const field = /** @type {HTMLInputElement} */ (byId("search"));
  setText(byId("search-key"), APPLE ? "⇧⌘F" : "Ctrl ⇧ F");
  document.addEventListener("keydown", (event) => {
    const held = APPLE ? event.metaKey : event.ctrlKey;
    if (!held || !event.shiftKey || event.altKey || event.key.toLowerCase() !== "f") return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return;
    field.focus();
    field.select();
    if (document.activeElement !== field) location.assign("/search/"); // it is in the drawer, which is shut
  });
}
