// @ts-check
import { changeRoom } from "../../net/rooms.js";
import { Sheet } from "../sheet.js";

const FIELDS = ["name", "topic", "kind"];

/** The current room's topic and, for those who keep it, its name and kind. Only what is different is sent. @param {Place} place */
export function open(place) {
  const about = place.room && place.chat.abouts.get(place.room.id);
  if (!about) return;
  const sheet = new Sheet("sheet-edit", place);
  const form = /** @type {HTMLFormElement} */ (sheet.dialog.querySelector("form"));
  const keeps = about.may.includes("rename");
  for (const part of [sheet.parts.naming, sheet.parts.opening]) part.disabled = part.hidden = !keeps;
  const before = /** @type {Record<string, any>} */ (about);
  for (const field of FIELDS) /** @type {any} */ (form.elements.namedItem(field)).value = before[field];
  sheet.onSubmit(async () => {
    const entered = [...new FormData(form)].filter(([field, value]) => before[field] !== value);
    if (entered.length === 0) return sheet.close();
    const changed = await sheet.attempt(() => changeRoom(about.id, Object.fromEntries(entered)));
    if (!changed) return;
    place.chat.abouts.set(changed);
    sheet.close();
  });
}
