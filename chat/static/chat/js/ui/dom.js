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
 * @param {Element} list @param {Element[]} children
 */
export function arrange(list, children) {
  const wanted = new Set(children);
  for (const child of [...list.children]) {
    if (!wanted.has(child)) child.remove();
  }
  let next = list.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else list.insertBefore(child, next);
  }
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
