// @ts-check
import { labelOf } from "../lib/modifier.js";
import { setText } from "./dom.js";
import { helpKeyShelf } from "./help_key.js";
import { Sheet } from "./sheet.js";

/** The list of all keys, above whatever is open. @param {Place} place */
export function open(place) {
  if (document.getElementById("shortcuts-dialog")) return; // the key was pressed twice
  const { dialog, parts } = new Sheet("sheet-shortcuts", place);
  for (const key of dialog.querySelectorAll("kbd")) setText(key, labelOf(key.textContent ?? ""));
  const shelf = helpKeyShelf(place.chat.me);
  parts.on.checked = !shelf.get("off");
  parts.on.addEventListener("change", () => (parts.on.checked ? shelf.remove("off") : shelf.set("off", true)));
}
