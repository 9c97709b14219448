// @ts-check
import { clone } from "./dom.js";

/** @type {Promise<unknown> | undefined} */
let style;

/** The styles of what is opened now and then, fetched with the first of it. */
export function lateStyle() {
  style ??= fetched().catch((error) => {
    style = undefined; // what is opened next asks again
    throw error;
  });
  return style;
}

/** @returns {Promise<unknown>} fails as an `import()` does, where the file does not come */
function fetched() {
  const { root } = clone("late-style");
  return new Promise((resolve, reject) => {
    root.addEventListener("load", resolve);
    root.addEventListener("error", () => (root.remove(), reject(new TypeError("The styles did not come"))));
    document.head.append(root);
  });
}
