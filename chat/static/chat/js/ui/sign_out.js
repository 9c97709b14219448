// @ts-check
import { signedOut, token } from "../net/http.js";
import { byId, setText } from "./dom.js";
import { goToSignIn, leave, stay } from "./navigation.js";

const ANSWER_MS = 5_000;

/** Signing out. What is not sent yet stays in this browser, out of sight: who leaves it behind is told. */
export class SignOut {
  #chat;
  #words;
  #form = /** @type {HTMLFormElement} */ (byId("sign-out"));
  #dialog = /** @type {HTMLDialogElement} */ (byId("unsent-dialog"));

  /** @param {Chat} chat @param {any} words */
  constructor(chat, words) {
    this.#chat = chat;
    this.#words = words;
    this.#form.addEventListener("submit", (event) => this.#ask(event));
    byId("unsent-confirm").addEventListener("click", () => this.#go());
  }

  /** @param {SubmitEvent} event */
  #ask(event) {
    this.#form.csrfmiddlewaretoken.value = token(); // another tab may have signed in again since this page came
    const unsent = this.#chat.outbox.unsent().length;
    if (unsent === 0) return this.#leave();
    event.preventDefault();
    setText(byId("unsent-count"), this.#words.count("unsent", unsent));
    this.#dialog.showModal();
  }

  #go() {
    this.#leave();
    this.#form.submit();
  }

  /** What is stopped on its way may have been heard all the same: then nothing may stand here any more. */
  #leave() {
    leave();
    setTimeout(async () => {
      stay();
      if (await signedOut()) goToSignIn();
    }, ANSWER_MS);
  }
}
