// @ts-check
import { read } from "../protocol/commands.js";
import { Refused } from "../protocol/refused.js";

const EVERY_MS = 2_000;

/** Tells the server how far one has read, at most every 2 s a room. */
export class Reading {
  #connection;
  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  #resting = new Map();

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** @param {Room} room */
  async report(room) {
    if (room.read <= room.confirmed || this.#resting.has(room.id)) return;
    this.#resting.set(room.id, setTimeout(() => this.#rested(room), EVERY_MS));
    const position = room.read;
    try {
      await this.#connection.request(read(room.id, position));
      room.confirmed = Math.max(room.confirmed, position);
    } catch (error) {
      // The next look at the room, or the next hello, tells it again.
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** @param {Room} room */
  #rested(room) {
    this.#resting.delete(room.id);
    if (this.#connection.online) this.report(room);
  }
}
