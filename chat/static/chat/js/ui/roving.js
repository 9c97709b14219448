// @ts-check

/** One stop for the Tab key in a list of messages; the arrow keys go from one to the next. */
export class Roving {
  #list;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
    list.addEventListener("focusin", (event) => this.#choose(messageOf(event.target)));
    list.addEventListener("keydown", (event) => this.#key(event));
  }

  /** After the lines changed: the newest is the stop, unless somebody is among the others. */
  settle() {
    if (!this.#list.contains(document.activeElement)) this.#choose(this.#messages().at(-1));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = this.#target(event.key, this.#messages(), messageOf(event.target));
    if (!target || event.target !== messageOf(event.target)) return;
    event.preventDefault();
    target.focus();
  }

  /** @param {string} key @param {HTMLElement[]} messages @param {HTMLElement | null} from */
  #target(key, messages, from) {
    const at = from ? messages.indexOf(from) : -1;
    if (key === "ArrowUp") return messages[at - 1];
    if (key === "ArrowDown") return messages[at + 1];
    if (key === "Home") return messages[0];
    if (key === "End") return messages.at(-1);
    return undefined;
  }

  /** @param {HTMLElement | null | undefined} message */
  #choose(message) {
    if (!message) return;
    for (const other of this.#messages()) other.tabIndex = other === message ? 0 : -1;
  }

  /** @returns {HTMLElement[]} */
  #messages() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[data-line=message]"))];
  }
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function messageOf(target) {
  return target instanceof Element ? target.closest("[data-line=message]") : null;
}
