// @ts-check
import { addMembers } from "../../net/rooms.js";
import { setText } from "../dom.js";
import { Picker } from "./picker.js";
import { Sheet } from "../sheet.js";

const MOST = 100;

/** People into the current room. @param {Place} place */
export function open(place) {
  const { room } = place;
  if (!room) return;
  const sheet = new Sheet("sheet-invite", place);
  const picker = new Picker(sheet.parts, place.words, MOST);
  setText(sheet.parts.name, room.name);
  sheet.onSubmit(async () => {
    if (picker.ids.length === 0) return sheet.say(place.words.say("nobody-chosen"));
    if ((await sheet.attempt(() => addMembers(room.id, picker.ids))) !== undefined) sheet.close();
  });
}
