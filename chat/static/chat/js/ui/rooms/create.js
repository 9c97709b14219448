// @ts-check
import { createRoom } from "../../net/rooms.js";
import { Picker } from "./picker.js";
import { Sheet } from "../sheet.js";

const MOST = 99; // beside oneself

/** A new room. @param {Place} place */
export function open(place) {
  const sheet = new Sheet("sheet-create", place);
  const picker = new Picker(sheet.parts, place.words, MOST);
  sheet.onSubmit(async ({ target }) => {
    const form = new FormData(/** @type {HTMLFormElement} */ (target));
    const room = { name: String(form.get("name")), kind: String(form.get("kind")), topic: String(form.get("topic")) };
    const made = await sheet.attempt(() => createRoom({ ...room, members: picker.ids }));
    if (!made) return;
    sheet.close();
    place.doors.arrive(made.id);
  });
}
