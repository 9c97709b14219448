// @ts-check
import { findMembers, openDirect, removeMember } from "../../net/rooms.js";
import { dressAvatar, showPresence } from "../avatar.js";
import { clone, setText } from "../dom.js";
import { Listing } from "./listing.js";
import { Sheet } from "../sheet.js";

/** Who is in the current room, to be written to and, where one may, taken out. @param {Place} place */
export function open(place) {
  const { room, words, chat, doors } = place;
  if (!room) return;
  const sheet = new Sheet("sheet-members", place);
  const may = chat.abouts.get(room.id)?.may ?? [];
  sheet.parts.invite.hidden = !may.includes("invite");
  sheet.parts.invite.addEventListener("click", () => (sheet.close(), doors.open("invite", { room }))); // the page may be elsewhere by now
  setText(sheet.parts.name, room.name);
  const fetch = async (/** @type {any} */ query) => {
    const { members, more } = await findMembers(room.id, query);
    return { items: members, more };
  };
  const listing = new Listing(sheet, words, fetch, (member) => rowOf(member, may.includes("remove"), place, sheet, remove));
  const remove = async (/** @type {MemberEntry} */ { id }) => {
    if ((await sheet.attempt(() => removeMember(room.id, id))) === undefined) return;
    sheet.parts.search.focus(); // the button that was pressed goes with the person
    listing.seek();
  };
}

/**
 * @param {MemberEntry} member @param {boolean} removable @param {Place} place @param {Sheet} sheet
 * @param {(member: MemberEntry) => void} remove
 */
function rowOf(member, removable, { words, doors, chat }, sheet, remove) {
  const { root, parts } = clone("row-member");
  const self = member.id === chat.me.id;
  dressAvatar(parts.avatar, member);
  for (const element of [parts.avatar, parts.there]) showPresence(element, member.id);
  setText(parts.name, self ? words.say("you", member) : member.name);
  setText(parts.username, `@${member.username}`);
  parts.creator.hidden = !member.creator;
  parts.staff.hidden = !member.staff;
  parts.message.setAttribute("aria-label", words.say("write-to", member));
  parts.message.addEventListener("click", async () => {
    const direct = await sheet.attempt(() => openDirect([member.id]));
    if (!direct) return;
    sheet.close();
    doors.arrive(direct.id);
  });
  parts.remove.hidden = self || !removable;
  parts.remove.setAttribute("aria-label", words.say("remove-member", member));
  parts.remove.addEventListener("click", () => remove(member));
  return root;
}
