// @ts-check
import { calm } from "../../lib/calm.js";
import { fold, match } from "../../lib/fold.js";
import { findPeople, findRooms, joinRoom, openDirect } from "../../net/rooms.js";
import { Refused } from "../../protocol/refused.js";
import { setText } from "../dom.js";
import { Choices } from "./choices.js";
import { personRow, roomRow } from "./rows.js";

const LISTED = 12;
const ASKED = 6;
const PAUSE_MS = 120;

/** @typedef {{rooms: RoomEntry[], people: Account[]}} Found */

/** @param {Place} place @param {import("../sheet.js").Sheet} sheet it may have been typed into already */
export function open(place, sheet) {
  new Switcher(place, sheet);
}

/** Goes anywhere by a few letters: one's own rooms at once, other open rooms and people as the server finds them. */
class Switcher {
  #place;
  #sheet;
  #choices;
  #find = calm(PAUSE_MS, (/** @type {Found | null} */ found) => this.#show(found));

  /** @param {Place} place @param {import("../sheet.js").Sheet} sheet */
  constructor(place, sheet) {
    this.#place = place;
    this.#sheet = sheet;
    const { search, found } = this.#sheet.parts;
    this.#choices = new Choices(search, found);
    search.addEventListener("input", () => this.#seek());
    this.#seek();
  }

  get #sought() {
    return fold(this.#sheet.parts.search.value);
  }

  #seek() {
    const sought = this.#sought;
    this.#choices.show(this.#own(sought).map((room) => this.#ownChoice(room)));
    setText(this.#sheet.parts.status, "");
    if (!sought) return this.#find(async () => ({ rooms: [], people: [] }));
    this.#find(async () => {
      const query = { q: this.#sheet.parts.search.value, limit: ASKED };
      try {
        const [{ rooms }, { people }] = await Promise.all([findRooms(query), findPeople(query)]);
        return { rooms, people };
      } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
      }
    });
  }

  /** @param {Found | null} found null: the server could not be asked */
  #show(found) {
    const { words } = this.#place;
    const own = this.#own(this.#sought);
    const others = found ? [...this.#more(found.rooms, own), ...this.#people(found.people, own)] : [];
    this.#choices.show([...own.map((room) => this.#ownChoice(room)), ...others]);
    const nothing = own.length + others.length === 0 ? words.say("nothing-found") : "";
    setText(this.#sheet.parts.status, found ? nothing : words.say("refused-lost"));
  }

  /** What answers best first, then what is unread, then what was used last. @param {string} sought */
  #own(sought) {
    const { chat } = this.#place;
    return [...chat.rooms.values()]
      .map((room) => ({ room, rank: match(room.name, sought) }))
      .filter(({ rank }) => rank !== null)
      .sort((a, b) => compare(keysOf(a, chat), keysOf(b, chat)) || a.room.name.localeCompare(b.room.name))
      .slice(0, LISTED)
      .map(({ room }) => room);
  }

  /** @param {Room} room */
  #ownChoice(room) {
    const unread = room.unread ? this.#place.words.count("unread", room.unread) : "";
    return { key: `room-${room.id}`, root: roomRow(room, "", unread), choose: () => this.#arrive(async () => room.id) };
  }

  /** One's own are among them where only the server's folding finds them. @param {RoomEntry[]} rooms @param {Room[]} shown */
  #more(rooms, shown) {
    const others = rooms.filter(({ id }) => !shown.some((room) => room.id === id));
    return others.map((room) => {
      const own = this.#place.chat.rooms.get(room.id);
      return own ? this.#ownChoice(own) : this.#openChoice(room);
    });
  }

  /** @param {RoomEntry} room */
  #openChoice(room) {
    return {
      key: `room-${room.id}`,
      root: roomRow(room, room.topic, this.#place.words.say("join")),
      choose: () => this.#arrive(async () => (await joinRoom(room.id)).room),
    };
  }

  /**
   * Whose direct room is shown stands among the rooms already, unless two have one name.
   * @param {Account[]} people @param {Room[]} shown
   */
  #people(people, shown) {
    const rooms = shown.filter(({ kind }) => kind === "direct");
    const alike = (/** @type {string} */ name) => people.filter((one) => one.name === name).length;
    const strangers = people.filter(({ name }) => alike(name) > 1 || !rooms.some((room) => room.name === name));
    return strangers.map((person) => ({
      key: `person-${person.id}`,
      root: personRow(person),
      choose: () => this.#arrive(async () => (await openDirect([person.id])).id),
    }));
  }

  /** @param {() => Promise<number>} way */
  async #arrive(way) {
    const room = await this.#sheet.attempt(way);
    if (room === undefined) return;
    this.#sheet.close();
    this.#place.doors.arrive(room);
  }
}

/** By what rooms are put in order; the current one is where one is already. @param {any} found @param {Chat} chat */
function keysOf({ room, rank }, chat) {
  return [room === chat.current ? 1 : 0, rank, room.unread && room.notify !== "none" ? 0 : 1, -chat.recent.at(room.id)];
}

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  return a.map((key, index) => key - b[index]).find((difference) => difference !== 0) ?? 0;
}
