// @ts-check
import { Shelf } from "../lib/shelf.js";

const FIELDS = "textarea, input:not([type=radio], [type=checkbox])";

/** `?` anywhere but in a field opens the list of keys. @param {Chat} chat @param {Doors} doors */
export function heedHelpKey({ me }, doors) {
  const shelf = helpKeyShelf(me);
  document.addEventListener("keydown", (event) => {
    const inField = event.target instanceof Element && event.target.matches(FIELDS);
    if (event.key !== "?" || inField || isChord(event) || shelf.get("off")) return;
    event.preventDefault();
    doors.open("shortcuts");
  });
}

/**
 * Whether one has turned the key off (`off`): a key that is a mere sign gets in the way of those who dictate.
 * @param {Person} me
 */
export function helpKeyShelf(me) {
  return new Shelf("help-key", me.id);
}

/** AltGr, which many keyboards need for the sign, comes as Ctrl and Alt. @param {KeyboardEvent} event */
function isChord(event) {
  return (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
}
