// @ts-check
import { Shelf } from "../lib/shelf.js";

/** What a person was writing, a room each. `edit` names the message that the text is to replace. */
export class Drafts {
  #texts;
  #edits;
  #replies;

  /** @param {number} owner */
  constructor(owner) {
    this.#texts = new Shelf("draft", owner);
    this.#edits = new Shelf("edit", owner);
    this.#replies = new Shelf("reply", owner);
  }

  /** @param {number} room @returns {string} */
  text(room) {
    return this.#texts.get(room) ?? "";
  }

  /** @param {number} room @param {string} text */
  keepText(room, text) {
    if (text) this.#texts.set(room, text);
    else this.#texts.remove(room);
  }

  /** The message that the text is to answer. @param {number} room @returns {number | null} */
  reply(room) {
    return this.#replies.get(room);
  }

  /** @param {number} room @param {number | null} position */
  keepReply(room, position) {
    if (position !== null) this.#replies.set(room, position);
    else this.#replies.remove(room);
  }

  /** @param {number} room @returns {{position: number, text: string} | null} */
  edit(room) {
    return this.#edits.get(room);
  }

  /** @param {number} room @param {{position: number, text: string} | null} edit */
  keepEdit(room, edit) {
    if (edit) this.#edits.set(room, edit);
    else this.#edits.remove(room);
  }
}
