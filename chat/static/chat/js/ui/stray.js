// @ts-check
import { byId, clone, setText } from "./dom.js";
import { namesOf } from "./plain_text.js";

/** What was written to rooms that one is no longer in, and has no room to stand in. */
export class StrayView {
  #chat;
  #button = byId("stray");
  #dialog = /** @type {HTMLDialogElement} */ (byId("stray-dialog"));
  #list = byId("stray-list");

  /** @param {Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    this.#button.addEventListener("click", () => this.#dialog.showModal());
    this.#list.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const { key } = /** @type {HTMLElement} */ (event.target).dataset;
      if (key) this.#chat.outbox.discard(key);
    });
  }

  draw() {
    const stray = this.#chat.stray();
    this.#button.hidden = stray.length === 0;
    setText(byId("stray-count"), String(stray.length));
    if (stray.length === 0) this.#dialog.close();
    if (stray.length !== this.#list.childElementCount) this.#list.replaceChildren(...stray.map(lineOf));
  }
}

/** @param {Entry} entry */
function lineOf({ key, body, attachments = [] }) {
  const { root, parts } = clone("stray-line");
  setText(parts.text, body || namesOf(attachments));
  parts.discard.dataset.key = key;
  return root;
}
