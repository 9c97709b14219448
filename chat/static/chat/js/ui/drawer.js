// @ts-check
import { byId } from "./dom.js";

/** On narrow screens the list of rooms slides over the room. */
export class Drawer {
  #sidebar = byId("sidebar");
  #backdrop = byId("backdrop");
  #main = byId("content");
  #opener = /** @type {HTMLElement} */ (document.querySelector("[data-drawer=open]"));

  constructor() {
    this.#opener.addEventListener("click", () => this.#toggle(true));
    for (const closer of document.querySelectorAll("[data-drawer=close]")) {
      closer.addEventListener("click", () => this.close());
    }
    this.#sidebar.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") this.close();
    });
    // Wide enough for both: nothing may stay behind the drawer.
    matchMedia("(min-width: 50rem)").addEventListener("change", () => this.close());
  }

  close() {
    if (this.#backdrop.hidden) return;
    this.#toggle(false);
    this.#opener.focus();
  }

  /** @param {boolean} open */
  #toggle(open) {
    this.#sidebar.classList.toggle("sidebar--open", open);
    this.#backdrop.hidden = !open;
    this.#main.inert = open;
    this.#opener.setAttribute("aria-expanded", String(open));
    if (open) (this.#sidebar.querySelector("[aria-current]") ?? this.#sidebar.querySelector("button")).focus();
  }
}

/** The person's menu closes when one turns away from it. @param {HTMLDetailsElement} menu */
export function closeOnLeave(menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  // It would cover what the Tab key has led to; to press what has no focus leads to what the menu is in.
  menu.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next instanceof Node && !menu.contains(next) && !next.contains(menu)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
