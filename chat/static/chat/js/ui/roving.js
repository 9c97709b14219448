// @ts-check
import { isMessage, nearest } from "./dom.js";

/** One stop for the Tab key in a list of messages, with what is in it; the arrow keys go from one to the next. */
export class Roving {
  #list;
  /** @type {HTMLElement | undefined} */
  #stop;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
    list.addEventListener("focusin", (event) => this.#choose(messageOf(event.target)));
    list.addEventListener("keydown", (event) => this.#key(event));
  }

  /** After the lines changed: the newest is the stop, unless somebody is among the others. */
  settle() {
    this.#choose(this.#list.contains(document.activeElement) ? this.#stop : this.#last());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const from = messageOf(event.target);
    const target = from === event.target ? this.#target(event.key, from) : undefined;
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  /** @param {string} key @param {HTMLElement | null} from @returns {HTMLElement | undefined} */
  #target(key, from) {
    if (key === "ArrowUp") return nearest(from?.previousElementSibling, "previousElementSibling", isMessage);
    if (key === "ArrowDown") return nearest(from?.nextElementSibling, "nextElementSibling", isMessage);
    if (key === "Home") return nearest(this.#list.firstElementChild, "nextElementSibling", isMessage);
    if (key === "End") return this.#last();
    return undefined;
  }

  /** @returns {HTMLElement | undefined} */
  #last() {
    return nearest(this.#list.lastElementChild, "previousElementSibling", isMessage);
  }

  /** @param {HTMLElement | null | undefined} message */
  #choose(message) {
    if (!message) return;
    if (this.#stop) setStop(this.#stop, -1);
    setStop(message, 0);
    this.#stop = message;
  }
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function messageOf(target) {
  return target instanceof Element ? target.closest("[data-line=message]") : null;
}

/** @param {HTMLElement} message @param {number} index */
function setStop(message, index) {
  message.tabIndex = index;
  for (const inner of /** @type {NodeListOf<HTMLElement>} */ (message.querySelectorAll("[data-stop]"))) inner.tabIndex = index;
}
