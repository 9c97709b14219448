// @ts-check
import { fold, match } from "../../lib/fold.js";
import { findMembers } from "../../net/rooms.js";
import { personRow, roomRow } from "../rooms/rows.js";

const OFFERED = 8;
const ASKED = 100; // of a room with more, the server is asked for each word
const FRESH_MS = 30_000;
const ANYWHERE = 2; // where a name answers to what is sought; there, one would find everybody too often
const NOWHERE = Infinity;
const EVERYBODY = 1_000; // in a larger room, `@all` calls nobody
const CALLS_ALL = /^all[.+@_-]*$/i; // a username from before there were mentions

/** Members of the room by their names and usernames: `@na`. */
export class PeopleSource {
  pattern = /(?:^|[^\p{L}\p{N}_.+@-])(@[\p{L}\p{N}_.+@-]{0,50})$/u;
  #chat;
  #words;
  /** @type {{room: number, moved: number | undefined, at: number, list: Promise<{members: Account[], more: boolean}>} | null} */
  #held = null;

  /** @param {{chat: Chat, words: any}} place */
  constructor({ chat, words }) {
    this.#chat = chat;
    this.#words = words;
  }

  /** @param {string} sought */
  async find(sought) {
    const room = this.#chat.current;
    if (!room) return [];
    const { members, more } = await this.#members(room.id);
    const q = fold(sought);
    const found = q && more ? (await findMembers(room.id, { q, limit: OFFERED })).members : members;
    const people = this.#ranked(found, q, room).map((person) => this.#suggestion(person, sought));
    return [...people.slice(0, OFFERED - 1), ...this.#everybody(q, members.length), ...people.slice(OFFERED - 1, OFFERED)].slice(0, OFFERED);
  }

  /** @param {number} room */
  async #members(room) {
    const moved = this.#chat.abouts.get(room)?.revision; // of whoever came or went last
    if (this.#held?.room !== room || this.#held.moved !== moved || Date.now() - this.#held.at > FRESH_MS) {
      this.#held = { room, moved, at: Date.now(), list: findMembers(room, { limit: ASKED }) };
    }
    try {
      return await this.#held.list;
    } catch (error) {
      this.#held = null;
      throw error;
    }
  }

  /** By how well they answer, then those first who have spoken last. @param {Account[]} people @param {string} q @param {Room} room */
  #ranked(people, q, room) {
    const spoke = new Map(room.timeline.messages().map(({ author, position }) => [author?.id, position]));
    return people
      .map((person) => ({ person, fit: fit(person, q), last: spoke.get(person.id) ?? 0 }))
      .filter(({ person, fit }) => fit !== null && person.id !== this.#chat.me.id && !CALLS_ALL.test(person.username))
      .sort((a, b) => Number(a.fit) - Number(b.fit) || b.last - a.last)
      .map(({ person }) => person);
  }

  /** @param {Account} person @param {string} sought */
  #suggestion(person, sought) {
    const exact = person.username.toLowerCase() === sought.toLowerCase();
    return { key: String(person.id), root: personRow(person), text: `@${person.username}`, exact };
  }

  /** @param {string} q @param {number} known */
  #everybody(q, known) {
    const count = this.#chat.abouts.get(this.#chat.current?.id ?? 0)?.members ?? known;
    const name = this.#words.say("everybody");
    const isMeant = "all".startsWith(q) || (match(name, q) ?? NOWHERE) < ANYWHERE;
    if (count < 3 || count > EVERYBODY || !isMeant) return [];
    return [{ key: "all", root: roomRow({ kind: "people", name }, "@all"), text: "@all", exact: q === "all" }];
  }
}

/** @param {Account} person @param {string} q */
function fit({ name, username }, q) {
  if (!q) return 0;
  const fits = [match(name, q), match(username, q)].filter((one) => one !== null);
  return fits.length ? Math.min(...fits) : null;
}
