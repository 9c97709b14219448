// @ts-check
import { isHeld } from "../../lib/modifier.js";
import { byId } from "../dom.js";
import { toggleMark } from "./marks.js";

const SIGN = /[@:][^\s@:]*$/;
/** @type {Record<string, string>} */
const MARKS = { b: "**", i: "_" };

/** Help for those who write: what `@` and `:` may mean, fetched when they first want it, and keys for bold and italic. */
export class Assist {
  #input = /** @type {HTMLTextAreaElement} */ (byId("body"));
  #place;
  /** @type {Promise<void> | undefined} */
  #suggestions;

  /** @param {{chat: Chat, words: any}} place */
  constructor(place) {
    this.#place = place;
    this.#input.addEventListener("input", () => this.#look());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
  }

  #look() {
    if (this.#suggestions || !SIGN.test(this.#input.value.slice(0, this.#input.selectionStart))) return;
    this.#suggestions = this.#suggest();
  }

  async #suggest() {
    try {
      const { Suggestions } = await import("./suggestions.js");
      new Suggestions(this.#input, this.#place).look();
    } catch {
      this.#suggestions = undefined; // it did not come; the next sign asks again
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const mark = MARKS[event.key.toLowerCase()];
    if (!isHeld(event) || event.shiftKey || !mark || event.isComposing) return;
    event.preventDefault(); // the browser's own bookmarks and page information
    toggleMark(this.#input, mark);
  }
}
