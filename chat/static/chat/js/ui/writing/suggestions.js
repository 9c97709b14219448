// @ts-check
import { calm } from "../../lib/calm.js";
import { Refused } from "../../protocol/refused.js";
import { byId, setText } from "../dom.js";
import { Choices } from "../rooms/choices.js";
import { EmojiSource } from "./emoji_source.js";
import { replace } from "./marks.js";
import { PeopleSource } from "./people_source.js";

const PAUSE_MS = 60;

/**
 * What the word before the caret may become. `text`: what takes its place. `exact`: it stands there already.
 * @typedef {{key: string, root: HTMLElement, text: string, exact?: boolean}} Suggestion
 * @typedef {{pattern: RegExp, find: (sought: string) => Promise<Suggestion[]>}} Source
 * @typedef {{source: Source, start: number, end: number, sought: string}} Word
 */

/** Offers names while one writes. The focus stays in the field; the keys are the field's own while nothing is offered. */
export class Suggestions {
  #input;
  #words;
  /** @type {Source[]} */
  #sources;
  #list = byId("suggestions");
  #choices;
  /** @type {Word | null} */
  #word = null;
  /** @type {Suggestion[]} */
  #offered = [];
  /** Where a word begins for which nothing is to be offered. */
  #declined = -1;
  #find = calm(PAUSE_MS, (/** @type {Suggestion[]} */ found) => this.#offer(found));

  /** @param {HTMLTextAreaElement} input @param {{chat: Chat, words: any}} place */
  constructor(input, place) {
    this.#input = input;
    this.#words = place.words;
    this.#sources = [new PeopleSource(place), new EmojiSource()];
    this.#choices = new Choices(input, this.#list);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    input.addEventListener("input", () => this.look());
    input.addEventListener("blur", () => this.#close());
    // Before the field's own: Enter would send, and Escape give up an edit.
    input.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    document.addEventListener("selectionchange", () => this.#word && this.look());
  }

  look() {
    const word = this.#wordAtCaret();
    if (word?.start !== this.#declined) this.#declined = -1;
    if (!word || word.start === this.#declined) return this.#close();
    if (word.start === this.#word?.start && word.sought === this.#word.sought) return;
    this.#word = word;
    this.#find(() => asked(word));
  }

  /** @returns {Word | null} */
  #wordAtCaret() {
    const { selectionStart: end, selectionEnd, value } = this.#input;
    const before = value.slice(0, end);
    if (end !== selectionEnd || document.activeElement !== this.#input || isCode(before)) return null;
    for (const source of this.#sources) {
      const found = before.match(source.pattern);
      if (found) return { source, start: end - found[1].length, end, sought: found[1].slice(1) };
    }
    return null;
  }

  /** @param {Suggestion[]} found */
  #offer(found) {
    if (!this.#word) return;
    this.#offered = found;
    this.#list.hidden = found.length === 0;
    this.#choices.show(found.map(({ key, root, text }) => ({ key, root, choose: () => this.#take(text) })));
    setText(byId("suggested"), found.length ? this.#words.count("suggestions", found.length) : "");
  }

  #close() {
    if (!this.#word) return;
    this.#offer([]);
    this.#word = null;
    this.#find(async () => []); // nothing that is on its way
  }

  /** @param {string} text */
  #take(text) {
    if (!this.#word) return;
    const { start, end } = this.#word;
    const follows = this.#input.value[end];
    this.#close();
    replace(this.#input, start, end, follows === " " ? text : `${text} `);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229 || this.#offered.length === 0) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      this.#declined = this.#word?.start ?? -1;
      this.#close();
    } else if (event.key === "Enter" && this.#isWritten()) {
      return this.#close();
    } else if (event.key === "Tab" || event.key === "Enter") {
      this.#choices.choose();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Then there is nothing to complete, and Enter sends. */
  #isWritten() {
    return this.#offered[0].exact && this.#choices.isFirst;
  }
}

/** @param {Word} word @returns {Promise<Suggestion[]>} */
async function asked({ source, sought }) {
  try {
    return await source.find(sought);
  } catch (error) {
    if (error instanceof Refused) return []; // one can write without
    throw error;
  }
}

/** In code, signs are signs. @param {string} before */
function isCode(before) {
  const fences = before.match(/^ {0,3}(?:```|~~~)/gm) ?? [];
  const quotes = before.slice(before.lastIndexOf("\n") + 1).match(/`/g) ?? [];
  return fences.length % 2 === 1 || quotes.length % 2 === 1;
}
