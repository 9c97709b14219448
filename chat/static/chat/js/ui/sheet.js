// @ts-check
import { Refused } from "../protocol/refused.js";
import { byId, clone, setText } from "./dom.js";

/** A dialog that is made when it is opened and gone when it is closed; the browser gives the focus back. */
export class Sheet {
  #place;
  /** @type {Record<string, any>} */
  parts;

  /** @param {string} template @param {Place} place */
  constructor(template, place) {
    const { root, parts } = clone(template);
    this.#place = place;
    this.parts = parts;
    this.dialog = /** @type {HTMLDialogElement} */ (root);
    document.body.append(this.dialog);
    this.dialog.addEventListener("close", () => this.#gone());
    // A press beside the sheet lands on the dialog itself.
    let pressed = false;
    this.dialog.addEventListener("pointerdown", ({ target }) => (pressed = target === this.dialog));
    this.dialog.addEventListener("click", ({ target, detail }) => {
      // Text that is selected may end beside it, and the second click of a double one may be of the one that opened it.
      if ((target === this.dialog && pressed && detail < 2) || (target instanceof Element && target.closest("[data-close]"))) this.close();
    });
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /**
   * With the dialog Chromium takes away the caret of the field that has the focus back, unless that is entered anew.
   * What opened it may be gone, with its room.
   */
  #gone() {
    const field = /** @type {HTMLElement} */ (document.activeElement);
    this.dialog.remove();
    field.blur();
    (field.isConnected && field !== document.body ? field : byId("content")).focus();
  }

  /** @param {(event: SubmitEvent) => void} work */
  onSubmit(work) {
    this.dialog.querySelector("form")?.addEventListener("submit", (event) => (event.preventDefault(), work(event)));
  }

  /**
   * Does something, one thing at a time, that may be refused.
   * @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>}
   */
  async attempt(work) {
    if (this.dialog.ariaBusy === "true") return undefined;
    this.dialog.ariaBusy = "true";
    try {
      return await this.ask(work);
    } finally {
      this.dialog.ariaBusy = null;
    }
  }

  /**
   * Asks for something that may be refused; why it was is said in the dialog.
   * @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>}
   */
  async ask(work) {
    this.say("");
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed_out") this.#place.chat.emit("signed-out");
      this.say(this.#place.words.reason(error.code));
      return undefined;
    }
  }

  /** @param {string} text */
  say(text) {
    setText(this.parts.error, text);
  }
}

/**
 * A dialog that asks before something is done.
 * @param {string} template @param {Place} place @param {() => Promise<any>} work
 */
export function ask(template, place, work) {
  const sheet = new Sheet(template, place);
  setText(sheet.parts.name, place.room?.name ?? "");
  sheet.onSubmit(async () => (await sheet.attempt(work)) !== undefined && sheet.close());
  return sheet;
}
