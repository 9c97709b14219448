// @ts-check
import { lateStyle } from "./late_style.js";

/** A click on a picture opens it in full, as one of all that the list shows. @param {HTMLElement} list */
export function openPictures(list) {
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-picture]") : null;
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!(link instanceof HTMLAnchorElement) || !isPlain) return; // else it is the browser's own: a tab, a window
    event.preventDefault();
    view(list, link);
  });
}

/** @param {HTMLElement} list @param {HTMLAnchorElement} link */
async function view(list, link) {
  try {
    const [{ open }] = await Promise.all([import("./viewer.js"), lateStyle()]);
    open([...list.querySelectorAll("[data-picture]")], link);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    location.assign(link.href); // what shows it did not come
  }
}
