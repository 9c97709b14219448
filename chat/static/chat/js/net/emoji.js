// @ts-check
import { ask } from "./http.js";

/** @type {Promise<string[][]> | undefined} */
let asked;

/** Every emoji, each followed by its names in the page's language; asked for once. May be refused, and is asked for again then. */
export function fetchEmoji() {
  asked ??= ask(`/emoji.json?lang=${document.documentElement.lang}`).then(
    ({ emoji }) => emoji,
    (error) => {
      asked = undefined;
      throw error;
    },
  );
  return asked;
}
