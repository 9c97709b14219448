// @ts-check
import { read } from "../protocol/commands.js";
import { Refused } from "../protocol/refused.js";

const EVERY_MS = 2_000;

/** Tells the server how far one has read, at most every 2 s a room. */
export class Reading {
  #connection;
  /** @type {Set<Room>} */
  #resting = new Set();

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** @param {Room} room */
  async report(room) {
    if (room.read <= room.confirmed || this.#resting.has(room)) return;
    this.#resting.add(room);
    let rest = EVERY_MS;
    try {
      rest = Math.max(rest, await this.#tell(room));
    } finally {
      setTimeout(() => this.#rested(room), rest);
    }
  }

  /** The page is left: what was to wait its turn is told now. */
  leave() {
    for (const room of this.#resting) if (room.read > room.confirmed) this.#tell(room);
  }

  /** @param {Room} room @returns {Promise<number>} for how long the server wants to hear nothing more, in ms */
  async #tell(room) {
    const position = room.read;
    try {
      await this.#connection.request(read(room.id, position));
      room.confirm(position);
      return 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.waits) room.confirm(position); // it would be refused again
      return error.retryAfter * 1000;
    }
  }

  /** @param {Room} room */
  #rested(room) {
    this.#resting.delete(room);
    if (this.#connection.online) this.report(room);
  }
}
