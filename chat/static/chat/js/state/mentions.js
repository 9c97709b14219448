// @ts-check
import { ask } from "../net/http.js";
import { Refused } from "../protocol/refused.js";

const RETRY_MS = 5_000;

/** Which unread messages call one: those before this socket are asked for after its hello, later ones say so. */
export class Mentions {
  #me;
  #rooms;
  #changed;
  /** Told of by messages since the server was asked, which may have answered before them. @type {Set<string>} */
  #told = new Set();

  /** @param {Person} me @param {() => Iterable<Room>} rooms @param {() => void} changed */
  constructor(me, rooms, changed) {
    this.#me = me;
    this.#rooms = rooms;
    this.#changed = changed;
  }

  /** @param {Room} room @param {Message} message */
  heard(room, { position, mentions, author }) {
    this.#told.add(name(room, position));
    if (mentions.includes(this.#me.id) && author?.id !== this.#me.id) room.calls.add(position);
    else room.calls.delete(position);
  }

  async renew() {
    this.#told.clear();
    try {
      const { mentions } = await ask("/account/mentions/");
      this.#take(new Map(mentions.map((/** @type {any} */ { room, positions }) => [room, positions])));
    } catch (error) {
      // What is lost comes with the next hello.
      if (!(error instanceof Refused)) throw error;
      if (error.passing) setTimeout(() => this.renew(), RETRY_MS);
    }
  }

  /** @param {Map<number, number[]>} found */
  #take(found) {
    for (const room of this.#rooms()) {
      const told = [...room.calls].filter((position) => this.#told.has(name(room, position)));
      const others = (found.get(room.id) ?? []).filter((position) => !this.#told.has(name(room, position)));
      room.calls = new Set([...others, ...told]);
    }
    this.#changed();
  }
}

/** @param {Room} room @param {number} position */
function name(room, position) {
  return `${room.id}/${position}`;
}
