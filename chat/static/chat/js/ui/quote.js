// @ts-check
import { clone, setText } from "./dom.js";
import { addressOf } from "./navigation.js";
import { plainText } from "./plain_text.js";

const QUOTED = 150;

/**
 * What is quoted of a message that is answered; it may not be here yet, or be deleted.
 * @param {Message | undefined} original @param {any} words
 */
export function quoteOf(original, words) {
  if (!original) return { author: "", text: "…" };
  const text = original.deleted ? words.say("deleted") : plainText(original, QUOTED);
  return { author: words.nameOf(original.author), text };
}

/** Above a reply, the way to the message that it answers. */
export class QuoteView {
  #parts;
  #words;

  /** @param {any} words */
  constructor(words) {
    const { root, parts } = clone("line-quote");
    this.root = root;
    this.#parts = parts;
    this.#words = words;
  }

  /** @param {any} shown @param {Message | undefined} original */
  update({ room, reply_to }, original) {
    const { author, text } = quoteOf(original, this.#words);
    this.root.setAttribute("href", addressOf(room, reply_to));
    setText(this.#parts.author, author);
    setText(this.#parts.text, text);
  }
}
