// @ts-check
import { upTo } from "../lib/delays.js";

const MINUTE_MS = 60_000;
const SPREAD_MS = 1_000;

/**
 * What a close code asks of the page.
 * `ask`: see whether the session still lives. `delay`: wait this long instead of backing off.
 * `patient`: let nothing shorten the wait. `tooLarge`: the largest frame under way is not sent again.
 *
 * @typedef {{ask: boolean, delay: number | null, patient: boolean, tooLarge: boolean}} Plan
 * @param {number} code
 * @returns {Plan}
 */
export function plan(code) {
  return {
    ask: code === 4401,
    delay: delayAfter(code),
    patient: code === 4429,
    tooLarge: code === 4413 || code === 1009,
  };
}

/** @param {number} code */
function delayAfter(code) {
  if (code === 4503) return upTo(SPREAD_MS);
  if (code === 4429) return MINUTE_MS + upTo(SPREAD_MS);
  return null;
}
