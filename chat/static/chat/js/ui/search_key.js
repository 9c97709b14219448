// @ts-check
import { isHeld, labelOf } from "../lib/modifier.js";
import { byId, setText } from "./dom.js";

/** Ctrl/Cmd+Shift+F leads to the field for searching, wherever one is. */
export function heedSearchKey() {
  const field = /** @type {HTMLInputElement} */ (byId("search"));
  setText(byId("search-key"), `${labelOf("Ctrl")} ⇧ F`);
  document.addEventListener("keydown", (event) => {
    if (!isHeld(event) || !event.shiftKey || event.key.toLowerCase() !== "f") return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return;
    field.focus();
    field.select();
    if (document.activeElement !== field) location.assign("/search/"); // it is in the drawer, which is shut
  });
}
