// @ts-check
import { changeRoom } from "../../net/rooms.js";
import { ask } from "../sheet.js";

/** @param {Place} place */
export function open(place) {
  const { room } = place;
  if (room) ask("sheet-archive", place, () => changeRoom(room.id, { archived: true }));
}
