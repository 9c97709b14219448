// @ts-check
import { arrange } from "../dom.js";

/** @typedef {{key: string, root: HTMLElement, choose: () => void}} Choice */

/** A field with choices beside it: the focus stays in the field, the arrows go through the list, Enter takes one. */
export class Choices {
  #field;
  #list;
  /** @type {Choice[]} */
  #choices = [];
  /** @type {string | undefined} */
  #chosen;

  /** @param {HTMLInputElement | HTMLTextAreaElement} field @param {HTMLElement} list */
  constructor(field, list) {
    this.#field = field;
    this.#list = list;
    field.setAttribute("aria-controls", list.id);
    field.addEventListener("keydown", (/** @type {any} */ event) => this.#key(event));
    field.addEventListener("input", () => (this.#chosen = undefined));
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // it would take the focus
    list.addEventListener("click", ({ target }) => this.#choices.find(({ root }) => root.contains(/** @type {Node} */ (target)))?.choose());
  }

  /** The one that was moved to stays chosen while others come in; else it is the first. @param {Choice[]} choices */
  show(choices) {
    this.#choices = choices;
    arrange(this.#list, choices.map(({ root }) => root));
    for (const { key, root } of choices) root.id = `${this.#list.id}-${key}`;
    if (this.#field.role === "combobox") this.#field.setAttribute("aria-expanded", String(choices.length > 0));
    this.#draw();
  }

  choose() {
    this.#choices[this.#at]?.choose();
  }

  get isFirst() {
    return this.#at === 0;
  }

  get #at() {
    return Math.max(0, this.#choices.findIndex(({ key }) => key === this.#chosen));
  }

  #draw() {
    const chosen = this.#choices[this.#at]?.root;
    for (const { root } of this.#choices) root.setAttribute("aria-selected", String(root === chosen));
    if (chosen) this.#field.setAttribute("aria-activedescendant", chosen.id);
    else this.#field.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const count = this.#choices.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || count === 0 || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    if (!step) return this.#choices[this.#at].choose();
    this.#chosen = this.#choices[(this.#at + step + count) % count].key;
    this.#draw();
  }
}
