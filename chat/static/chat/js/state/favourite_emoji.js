// @ts-check
import { Shelf } from "../lib/shelf.js";

const FIRST = ["👍", "❤️", "😂", "🎉", "👀", "🙏", "✅", "😮"];

/** The emoji within reach: those that a person used last in this browser, then those that most people use. */
export class FavouriteEmoji {
  #shelf;

  /** @param {number} owner */
  constructor(owner) {
    this.#shelf = new Shelf("emoji", owner);
  }

  /** @returns {string[]} */
  all() {
    return [...new Set([...(this.#shelf.get("used") ?? []), ...FIRST])].slice(0, FIRST.length);
  }

  /** @param {string} emoji */
  used(emoji) {
    this.#shelf.set("used", [...new Set([emoji, ...this.all()])].slice(0, FIRST.length));
  }
}
