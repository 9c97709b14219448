// @ts-check
import { firstIndex } from "../lib/ordered.js";
import { isMessage, nearest } from "./dom.js";

const NEAR_PX = 48;

/** A scrolled list of lines that stays where the reader is, whatever comes above or below. */
export class Scroller {
  /** Whether the last line is the newest: to the end of a window further back the view must not cling. */
  ends = true;
  #element;
  #list;
  #low = true;
  #top = 0;

  /** @param {HTMLElement} element @param {HTMLElement} list @param {() => void} moved */
  constructor(element, list, moved) {
    this.#element = element;
    this.#list = list;
    element.addEventListener("scroll", () => {
      this.#look();
      moved();
    });
    const observer = new ResizeObserver(() => {
      if (this.atBottom) this.toBottom();
      moved();
    });
    observer.observe(element);
    observer.observe(list);
  }

  get atBottom() {
    return this.#low && this.ends;
  }

  get nearTop() {
    return this.#element.scrollTop < this.#element.clientHeight;
  }

  get nearBottom() {
    return this.#distance() < this.#element.clientHeight;
  }

  toBottom() {
    this.#low = true;
    this.#element.scrollTop = this.#element.scrollHeight;
    this.#top = this.#element.scrollTop;
  }

  /** Leaves a third of the view above it, for what was read before. @param {HTMLElement} line */
  show(line) {
    const offset = line.getBoundingClientRect().top - this.#element.getBoundingClientRect().top;
    this.#element.scrollTop += offset - this.#element.clientHeight / 3;
    this.#look();
  }

  /** Lets `change` alter the lines, and keeps what is being read in its place. @param {() => void} change */
  steady(change) {
    // The event of scrolling comes with the next frame, and a line may come before it.
    if (this.#element.scrollTop < this.#top) this.#look();
    const stuck = this.atBottom;
    const anchor = stuck ? undefined : this.firstInView();
    const top = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (stuck) this.toBottom();
    else if (anchor?.isConnected) this.#element.scrollTop += anchor.getBoundingClientRect().top - top;
  }

  #look() {
    this.#top = this.#element.scrollTop;
    this.#low = this.#distance() < NEAR_PX;
  }

  /** The last message of which enough is in view to call it seen. @returns {HTMLElement | undefined} */
  lastInView() {
    const view = this.#element.getBoundingClientRect();
    const beyond = this.#first(({ top }) => top > view.bottom + 1);
    return nearest(this.#list.children[beyond - 1], "previousElementSibling", (line) => {
      const { top, height } = line.getBoundingClientRect();
      return isMessage(line) && top + Math.min(height, view.height / 2) <= view.bottom + 1;
    });
  }

  /** The first message of which anything is in view. @returns {HTMLElement | undefined} */
  firstInView() {
    const { top } = this.#element.getBoundingClientRect();
    const first = this.#first(({ bottom }) => bottom > top);
    return nearest(this.#list.children[first], "nextElementSibling", isMessage);
  }

  /** They lie one below the other: halving finds the first of thousands in a few steps. @param {(box: DOMRect) => boolean} isAfter */
  #first(isAfter) {
    return firstIndex(this.#list.children, (line) => isAfter(line.getBoundingClientRect()));
  }

  #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#element;
    return scrollHeight - scrollTop - clientHeight;
  }
}
