// @ts-check
import { calm } from "../../lib/calm.js";
import { setText } from "../dom.js";

const PAUSE_MS = 120;
const PART = 30;

/**
 * A list in a sheet that is sought through while one types, and comes in parts.
 * @template T
 */
export class Listing {
  #sheet;
  #words;
  #fetch;
  #row;
  /** @type {T[]} */
  #items = [];
  #find = calm(PAUSE_MS, (/** @type {{items: T[], more: boolean} | undefined} */ part) => this.#show(part));

  /**
   * @param {import("../sheet.js").Sheet} sheet @param {any} words
   * @param {(query: import("../../net/rooms.js").Query) => Promise<{items: T[], more: boolean}>} fetch
   * @param {(item: T) => HTMLElement} row
   */
  constructor(sheet, words, fetch, row) {
    this.#sheet = sheet;
    this.#words = words;
    this.#fetch = fetch;
    this.#row = row;
    sheet.parts.search.addEventListener("input", () => this.seek());
    sheet.parts.more.addEventListener("click", () => this.#ask());
    setText(sheet.parts.status, words.say("loading"));
    this.seek();
  }

  /** From the beginning. */
  seek() {
    this.#items = [];
    this.#ask();
  }

  #ask() {
    const query = { q: this.#sheet.parts.search.value.trim(), offset: this.#items.length, limit: PART };
    this.#find(() => this.#sheet.ask(() => this.#fetch(query)));
  }

  /** @param {{items: T[], more: boolean} | undefined} part undefined: it was refused, which the sheet says */
  #show(part) {
    const { list, more, status } = this.#sheet.parts;
    setText(status, "");
    if (!part) return;
    this.#items.push(...part.items);
    list.replaceChildren(...this.#items.map(this.#row));
    more.hidden = !part.more;
    if (this.#items.length === 0) setText(status, this.#words.say("nothing-found"));
  }
}
