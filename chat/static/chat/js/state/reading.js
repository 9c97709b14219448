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
    const position = room.read;
    let rest = EVERY_MS;
    try {
      await this.#connection.request(read(room.id, position));
      room.confirm(position);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.waits) room.confirm(position); // it would be refused again
      rest = Math.max(rest, error.retryAfter * 1000);
    } finally {
      setTimeout(() => this.#rested(room), rest);
    }
  }

  /** @param {Room} room */
  #rested(room) {
    this.#resting.delete(room);
    if (this.#connection.online) this.report(room);
  }
}
