// @ts-check

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Exponential, and spread out: a thousand pages must not come back in the same instant. @param {number} attempt */
export function backoff(attempt) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt + 1, 10));
  return Math.max(FIRST_MS, ceiling * (0.5 + Math.random() / 2));
}

/** @param {number} ms */
export function upTo(ms) {
  return Math.random() * ms;
}

/** @param {number} ms @returns {Promise<void>} */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
