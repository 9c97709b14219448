// @ts-check
import { byId, setText } from "./dom.js";
import { plainText } from "./plain_text.js";

const QUOTED = 200;

/** Asks before a message is deleted. */
export class DeleteDialog {
  #chat;
  #done;
  #dialog = /** @type {HTMLDialogElement} */ (byId("delete-dialog"));
  /** @type {{room: Room, message: Message} | null} */
  #target = null;

  /** @param {Chat} chat @param {(position: number) => void} done */
  constructor(chat, done) {
    this.#chat = chat;
    this.#done = done;
    byId("delete-confirm").addEventListener("click", () => this.#confirm());
    // A click beside the sheet lands on the dialog itself.
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  /** @param {Room} room @param {Message} message */
  ask(room, message) {
    this.#target = { room, message };
    setText(byId("delete-quote"), plainText(message, QUOTED));
    this.#dialog.showModal();
  }

  #confirm() {
    if (!this.#target) return;
    const { room, message } = this.#target;
    this.#chat.own.remove(room, message);
    this.#dialog.close();
    this.#done(message.position);
  }
}
