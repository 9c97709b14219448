// @ts-check
import { byId, setText } from "./dom.js";

/** The full view of pictures, one after another. */
class Viewer {
  #dialog = /** @type {HTMLDialogElement} */ (byId("viewer"));
  #image = /** @type {HTMLImageElement} */ (byId("viewer-image"));
  #download = /** @type {HTMLAnchorElement} */ (byId("viewer-download"));
  #steps = [byId("viewer-before"), byId("viewer-after")];
  /** @type {HTMLAnchorElement[]} */
  #pictures = [];
  /** The messages that they are of. @type {(HTMLElement | null)[]} */
  #lines = [];
  #at = 0;

  constructor() {
    this.#steps.forEach((button, index) => button.addEventListener("click", () => this.#step(index * 2 - 1)));
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("close", () => this.#closed());
    this.#image.addEventListener("load", () => (this.#image.style.backgroundImage = ""));
    // A click beside the picture.
    byId("viewer-stage").addEventListener("click", (/** @type {Event} */ { target, currentTarget }) => {
      if (target === currentTarget) this.#dialog.close();
    });
  }

  /** @param {any[]} pictures @param {HTMLAnchorElement} link */
  open(pictures, link) {
    this.#pictures = pictures;
    this.#lines = pictures.map((picture) => picture.closest("[data-line]"));
    this.#show(pictures.indexOf(link));
    this.#dialog.showModal();
  }

  /** @param {number} at */
  #show(at) {
    const link = this.#pictures[at];
    const thumbnail = /** @type {HTMLImageElement} */ (link.querySelector("img"));
    this.#at = at;
    this.#image.alt = thumbnail.alt;
    this.#image.style.backgroundImage = `url("${thumbnail.src}")`; // until the picture has come
    this.#image.src = this.#download.href = link.href;
    this.#download.download = thumbnail.alt;
    setText(byId("viewer-name"), thumbnail.alt);
    setText(byId("viewer-count"), this.#pictures.length > 1 ? `${at + 1} / ${this.#pictures.length}` : "");
    this.#steps.forEach((button, index) => (button.disabled = !this.#pictures[at + index * 2 - 1]));
  }

  /** @param {number} by */
  #step(by) {
    if (this.#pictures[this.#at + by]) this.#show(this.#at + by);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) this.#step(by);
  }

  /** Back to the picture that was looked at last, or where it was before it was deleted. */
  #closed() {
    this.#image.removeAttribute("src"); // what moves moves no more
    const picture = this.#pictures[this.#at];
    (picture.isConnected ? picture : this.#lines[this.#at])?.focus();
    this.#pictures = this.#lines = [];
  }
}

/** @type {Viewer | undefined} */
let viewer;

/** @param {any[]} pictures links around thumbnails, in their order @param {HTMLAnchorElement} link the one to begin with */
export function open(pictures, link) {
  viewer ??= new Viewer();
  viewer.open(pictures, link);
}
