// @ts-check
import { changeRoom, findRooms, joinRoom } from "../../net/rooms.js";
import { clone, setText } from "../dom.js";
import { Listing } from "./listing.js";
import { Sheet } from "../sheet.js";

/** The rooms there are, to be joined and entered, and those to be brought back. @param {Place} place */
export function open(place) {
  const sheet = new Sheet("sheet-browse", place);
  const { archived } = sheet.parts;
  const fetch = async (/** @type {any} */ query) => {
    const { rooms, more } = await findRooms({ ...query, archived: archived.checked ? 1 : 0 });
    return { items: rooms, more };
  };
  const listing = new Listing(sheet, place.words, fetch, (room) => rowOf(room, place, sheet));
  archived.addEventListener("change", () => listing.seek());
}

/** @param {RoomEntry} room @param {Place} place @param {Sheet} sheet */
function rowOf(room, { words, doors }, sheet) {
  const { root, parts } = clone("row-browse");
  parts.icon.setAttribute("href", `#icon-${room.kind}`);
  setText(parts.name, room.name);
  setText(parts.topic, room.topic);
  setText(parts.members, words.count("members", room.members));
  parts.joined.hidden = !room.joined || room.archived;
  const [word, work] = verbOf(room);
  setText(parts.button, words.say(word));
  parts.button.setAttribute("aria-label", words.say(`${word}-room`, { name: room.name }));
  parts.button.addEventListener("click", async () => {
    if ((await sheet.attempt(work)) === undefined) return;
    sheet.close();
    doors.arrive(room.id);
  });
  return root;
}

/** @param {RoomEntry} room @returns {[string, () => Promise<any>]} */
function verbOf(room) {
  if (room.archived) return ["restore", () => changeRoom(room.id, { archived: false })];
  if (room.joined) return ["enter", () => Promise.resolve(room)];
  return ["join", () => joinRoom(room.id)];
}
