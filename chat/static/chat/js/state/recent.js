// @ts-check
import { Shelf } from "../lib/shelf.js";

/** When each room was last entered in this browser. */
export class Recent {
  #shelf;

  /** @param {number} owner */
  constructor(owner) {
    this.#shelf = new Shelf("recent", owner);
  }

  /** @param {number} room */
  entered(room) {
    this.#shelf.set(room, Date.now());
  }

  /** The later it was, the greater; 0: never. @param {number} room @returns {number} */
  at(room) {
    return this.#shelf.get(room) ?? 0;
  }
}
