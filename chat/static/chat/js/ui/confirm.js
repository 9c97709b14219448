// @ts-check
import { Refused } from "../protocol/refused.js";
import { byId, setText } from "./dom.js";

/** Asks before a message is deleted, and says why when it was not. */
export class DeleteDialog {
  #chat;
  #words;
  #done;
  #dialog = /** @type {HTMLDialogElement} */ (byId("delete-dialog"));
  /** @type {{room: Room, position: number} | null} */
  #target = null;

  /** @param {Chat} chat @param {any} words @param {(position: number) => void} done */
  constructor(chat, words, done) {
    this.#chat = chat;
    this.#words = words;
    this.#done = done;
    byId("delete-confirm").addEventListener("click", () => this.#confirm());
    // A click beside the sheet lands on the dialog itself.
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  /** @param {Room} room @param {Message} message */
  ask(room, message) {
    this.#target = { room, position: message.position };
    setText(byId("delete-quote"), message.body);
    setText(byId("delete-error"), "");
    this.#dialog.showModal();
  }

  async #confirm() {
    if (!this.#target) return;
    const { room, position } = this.#target;
    try {
      await this.#chat.remove(room, position);
      this.#dialog.close();
      this.#done(position);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setText(byId("delete-error"), this.#words.reason(error.code));
    }
  }
}
