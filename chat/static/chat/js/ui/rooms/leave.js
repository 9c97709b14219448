// @ts-check
import { leaveRoom } from "../../net/rooms.js";
import { ask } from "../sheet.js";

/** An open room is left at once, as one may come back; a closed one only after a yes. @param {Place} place */
export async function open(place) {
  const { room, doors } = place;
  if (!room) return;
  if (room.kind === "closed") ask("sheet-leave", place, () => leaveRoom(room.id));
  else await leaveRoom(room.id).catch((error) => doors.explain(error));
}
