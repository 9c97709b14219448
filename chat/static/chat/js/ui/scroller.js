// @ts-check

const NEAR_PX = 48;

/** A scrolled list of lines that stays where the reader is, whatever comes above or below. */
export class Scroller {
  #element;
  #list;
  #stuck = true;

  /** @param {HTMLElement} element @param {HTMLElement} list @param {() => void} moved */
  constructor(element, list, moved) {
    this.#element = element;
    this.#list = list;
    element.addEventListener("scroll", () => {
      this.#stuck = this.#distance() < NEAR_PX;
      moved();
    });
    const observer = new ResizeObserver(() => {
      if (this.#stuck) this.toBottom();
      moved();
    });
    observer.observe(element);
    observer.observe(list);
  }

  get atBottom() {
    return this.#stuck;
  }

  get nearTop() {
    return this.#element.scrollTop < this.#element.clientHeight;
  }

  toBottom() {
    this.#stuck = true;
    this.#element.scrollTop = this.#element.scrollHeight;
  }

  /** Leaves a third of the view above it, for what was read before. @param {HTMLElement} line */
  show(line) {
    const offset = line.getBoundingClientRect().top - this.#element.getBoundingClientRect().top;
    this.#element.scrollTop += offset - this.#element.clientHeight / 3;
    this.#stuck = this.#distance() < NEAR_PX;
  }

  /** Lets `change` alter the lines, and keeps what is being read in its place. @param {() => void} change */
  steady(change) {
    const stuck = this.#stuck;
    const anchor = stuck ? undefined : this.#firstInView();
    const top = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (stuck) this.toBottom();
    else if (anchor?.isConnected) this.#element.scrollTop += anchor.getBoundingClientRect().top - top;
  }

  /** The last message of which enough is in view to call it seen. @returns {HTMLElement | undefined} */
  lastInView() {
    const view = this.#element.getBoundingClientRect();
    return this.#messages().findLast((line) => {
      const { top, height } = line.getBoundingClientRect();
      return top + Math.min(height, view.height / 2) <= view.bottom + 1;
    });
  }

  #firstInView() {
    const { top } = this.#element.getBoundingClientRect();
    return this.#messages().find((line) => line.getBoundingClientRect().bottom > top);
  }

  /** @returns {HTMLElement[]} */
  #messages() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll(":scope > [data-line=message]"))];
  }

  #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#element;
    return scrollHeight - scrollTop - clientHeight;
  }
}
