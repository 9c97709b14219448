// @ts-check
import { fetchCards } from "../net/people.js";
import { openDirect } from "../net/rooms.js";
import { Refused } from "../protocol/refused.js";
import { dressAvatar } from "./avatar.js";
import { setText } from "./dom.js";
import { Sheet } from "./sheet.js";

const STEPS = /** @type {const} */ ([["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]]);

/** A person's card. @param {Place} place */
export async function open(place) {
  const { chat, person: id, doors, words } = place;
  const sheet = new Sheet("sheet-person", place);
  const { parts } = sheet;
  show(parts, chat.people.get(id));
  parts.write.hidden = id === chat.me.id;
  parts.account.hidden = id !== chat.me.id;
  parts.write.addEventListener("click", async () => {
    const room = await sheet.attempt(() => openDirect([id]));
    if (!room) return;
    sheet.close();
    doors.arrive(room.id);
  });
  const card = await sheet.attempt(() => ask(id));
  if (!card) {
    parts.write.disabled = true;
    return chat.people.get(id) ?? setText(parts.name, words.say("former"));
  }
  chat.people.learn(card);
  show(parts, card);
  setText(parts.presence, told(card, words));
  parts.dot.classList.toggle("is-online", card.online === true);
}

/** @param {number} id @returns {Promise<CardNow>} */
async function ask(id) {
  const { people } = await fetchCards([id]);
  if (people.length === 0) throw new Refused("gone");
  return people[0];
}

/** @param {Record<string, any>} parts @param {Card | null | undefined} card */
function show({ avatar, name, username, write }, card) {
  if (!card) return;
  dressAvatar(avatar, card);
  setText(name, card.name);
  setText(username, `@${card.username}`);
  write.disabled = false;
}

/** @param {CardNow} card @param {any} words */
function told({ online, seen }, words) {
  if (online) return words.say("is-online");
  if (seen) return words.say("last-here", { when: ago(new Date(seen)) });
  return online === null ? "" : words.say("is-offline");
}

/** Devices in use are noted every few minutes: nothing is told more exactly. @param {Date} date */
function ago(date) {
  const passed = Date.now() - date.getTime();
  const [unit, size] = STEPS.find(([, ms]) => passed >= ms) ?? STEPS[2];
  return new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(-Math.floor(passed / size), unit);
}
