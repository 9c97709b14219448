// @ts-check
import { openDirect } from "../../net/rooms.js";
import { Picker } from "./picker.js";
import { Sheet } from "../sheet.js";

const MOST = 8; // beside oneself

/** To one person or several, who have one room together whoever begins. @param {Place} place */
export function open(place) {
  const sheet = new Sheet("sheet-write", place);
  const picker = new Picker(sheet.parts, place.words, MOST);
  sheet.onSubmit(async () => {
    if (picker.ids.length === 0) return sheet.say(place.words.say("nobody-chosen"));
    const room = await sheet.attempt(() => openDirect(picker.ids));
    if (!room) return;
    sheet.close();
    place.doors.arrive(room.id);
  });
}
