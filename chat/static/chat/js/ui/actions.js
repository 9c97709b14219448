// @ts-check
import { byId, clone, setText } from "./dom.js";
import { plainText } from "./plain_text.js";
import { peopleOf } from "./reactions.js";

/** On a line that has the focus. @type {Record<string, string>} */
const KEYS = { "+": "react", r: "reply", c: "copy", l: "link", e: "edit", delete: "delete", backspace: "delete" };
const QUOTED = 120;

/**
 * What one does with a message: by the toolbar of the line that one is at, in a sheet where nothing hovers,
 * or by a key on the line.
 */
export class Actions {
  #chat;
  #words;
  #handlers;
  #list = byId("lines");
  #toolbar = clone("line-toolbar").root;
  #sheet = /** @type {HTMLDialogElement} */ (byId("actions-dialog"));
  /** The line that the sheet is about. @type {HTMLElement | null} */
  #line = null;

  /**
   * @param {Chat} chat @param {any} words
   * @param {Record<string, (message: Message, from: HTMLElement) => void>} handlers by the actions' names; where it was asked for
   */
  constructor(chat, words, handlers) {
    this.#chat = chat;
    this.#words = words;
    this.#handlers = handlers;
    this.#list.addEventListener("click", (/** @type {Event} */ { target }) => this.#click(target));
    this.#list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event));
    this.#list.addEventListener("focusin", (/** @type {Event} */ { target }) => this.#attach(lineOf(target)));
    // Moved by a hand: lines that scroll by under a resting mouse take the toolbar from nobody.
    this.#list.addEventListener("pointermove", (/** @type {Event} */ { target }) => this.#attach(lineOf(target)));
    this.#list.addEventListener("pointerleave", () => this.#attach(lineOf(document.activeElement)));
    this.#sheet.addEventListener("click", ({ target }) => this.#choose(target));
    // A pressed button would take the focus from where one writes, and keep the toolbar at its line.
    this.#toolbar.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** After the lines changed: what was offered may be no more. */
  refresh() {
    const line = lineOf(this.#toolbar);
    if (line) this.#offer(this.#toolbar, line);
  }

  /** One toolbar for all lines, of which there are thousands. @param {HTMLElement | null} line */
  #attach(line) {
    if (!line || line === this.#toolbar.parentElement || this.#toolbar.contains(document.activeElement)) return;
    this.#offer(this.#toolbar, line);
    line.append(this.#toolbar);
  }

  /** @param {HTMLElement} buttons @param {HTMLElement} line */
  #offer(buttons, line) {
    const allowed = this.#allowed(line);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (buttons.querySelectorAll("[data-action]"))) {
      button.hidden = !allowed.includes(button.dataset.action ?? "");
    }
    buttons.hidden = allowed.length === 0;
    const favourites = this.#chat.reactions.favourites.all();
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (buttons.querySelectorAll("[data-favourite]"))) {
      setText(button, (button.dataset.emoji = favourites[Number(button.dataset.favourite)]));
    }
  }

  /** @param {HTMLElement} line @returns {string[]} */
  #allowed({ dataset: { state, change, own, position } }) {
    const message = this.#chat.current?.timeline.at(Number(position));
    const stands = state === "settled" || (state !== "failed" && change === "edit");
    if (!message || !stands) return [];
    if (message.deleted) return ["link"];
    const everybody = ["react", "reply", "copy", "link"];
    return own === "true" ? [...everybody, "edit", "delete"] : everybody;
  }

  /** @param {EventTarget | null} target */
  #click(target) {
    const button = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-action]")) : null;
    const line = lineOf(button);
    if (button && line) this.#run(button.dataset.action ?? "", line, button);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const line = lineOf(event.target);
    const action = KEYS[event.key.toLowerCase()];
    if (!action || !line || line !== event.target || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#run(action, line);
  }

  /** @param {string} action @param {HTMLElement} line @param {HTMLElement} [from] */
  #run(action, line, from = line) {
    const { key = "", position } = line.dataset;
    const message = this.#chat.current?.timeline.at(Number(position));
    if (action === "resend") this.#chat.outbox.resend(key);
    else if (action === "discard") this.#chat.outbox.discard(key);
    else if (action === "more" && message) return this.#open(line, message);
    else if (message && this.#allowed(line).includes(action)) return this.#handlers[action](message, from);
    else return;
    byId("body").focus(); // the button that was pressed goes with what failed
  }

  /** @param {HTMLElement} line @param {Message} message */
  #open(line, message) {
    this.#line = line;
    setText(byId("actions-quote"), plainText(message, QUOTED));
    const reactions = this.#chat.reactions.of(message).map(({ emoji, users }) => `${emoji} ${peopleOf(users, this.#words)}`);
    setText(byId("actions-reactions"), reactions.join("\n"));
    this.#offer(this.#sheet, line);
    this.#sheet.showModal();
  }

  /** A click beside the sheet lands on the dialog itself. @param {EventTarget | null} target */
  #choose(target) {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button && target !== this.#sheet) return;
    this.#sheet.close();
    const { action } = button?.dataset ?? {};
    if (button && action && this.#line) this.#run(action, this.#line, button);
  }
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function lineOf(target) {
  return target instanceof Element ? target.closest("[data-line=message]") : null;
}
