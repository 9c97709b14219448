// @ts-check

/** @param {string} id @returns {any} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}

/** Data that the server put into the page. @param {string} id @returns {any} */
export function island(id) {
  return JSON.parse(byId(id).textContent);
}

/**
 * A copy of a template's one element, with its `data-part`s by name.
 * @param {string} id @returns {{root: HTMLElement, parts: Record<string, any>}}
 */
export function clone(id) {
  const root = byId(id).content.firstElementChild.cloneNode(true);
  const parts = Object.fromEntries(
    [...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
  );
  return { root, parts };
}

/**
 * Makes these the children of a list, in this order, moving as few as possible: what is moved loses its focus.
 * Lists are long and change at an end: only what lies between the parts that stay is looked at.
 * @param {Element} list @param {Element[]} children
 */
export function arrange(list, children) {
  let first = 0;
  let next = list.firstElementChild;
  for (; next && next === children[first]; first += 1) next = next.nextElementSibling;
  let end = children.length;
  let stop = null;
  for (let last = list.lastElementChild; end > first && last === children[end - 1]; end -= 1) {
    stop = last;
    last = last.previousElementSibling;
  }
  const wanted = children.slice(first, end);
  next = removeOthers(next, stop, new Set(wanted));
  for (const child of wanted) {
    if (child === next) next = next.nextElementSibling;
    else list.insertBefore(child, next);
  }
}

/** The first that is left, of those from here to the stop. @param {Element | null} from @param {Element | null} stop @param {Set<Element>} wanted */
function removeOthers(from, stop, wanted) {
  let first = stop;
  for (let child = from, next; child && child !== stop; child = next) {
    next = child.nextElementSibling;
    if (!wanted.has(child)) child.remove();
    else if (first === stop) first = child;
  }
  return first;
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} line */
export function isMessage(line) {
  return line instanceof HTMLElement && line.dataset.line === "message";
}

/**
 * This element, or the nearest of its siblings on one side, that is wanted.
 * @param {Element | null | undefined} from @param {"previousElementSibling" | "nextElementSibling"} side
 * @param {(element: Element) => boolean} isWanted @returns {any}
 */
export function nearest(from, side, isWanted) {
  let element = from;
  while (element && !isWanted(element)) element = element[side];
  return element ?? undefined;
}
