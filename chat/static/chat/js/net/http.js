// @ts-check
import { Refused } from "../protocol/refused.js";

const PATIENCE_MS = 15_000;

/** @param {string} path @param {RequestInit} [options] */
async function get(path, options = {}) {
  try {
    return await fetch(path, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...options,
    });
  } catch (error) {
    throw new Refused("lost", String(error));
  }
}

/** Whether the server says that nobody is signed in here; a server that does not answer says nothing. */
export function signedOut() {
  return sessionAnswers(401);
}

/** Whether it says that somebody is. */
export function signedIn() {
  return sessionAnswers(200);
}

/** @param {number} status */
async function sessionAnswers(status) {
  try {
    return (await get("/session/", { cache: "no-store" })).status === status;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** @param {string} path @returns {Promise<any>} */
export async function ask(path) {
  return answered(await get(path));
}

/** Changes something. @param {string} path @param {object} [content] @returns {Promise<any>} */
export async function send(path, content = {}) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  return answered(await get(path, { method: "POST", headers, body: JSON.stringify(content) }));
}

/** What shows that a page of this site asks, as it is now: signing in again, in another tab, changes it. */
export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
}

/** @param {Response} response */
async function answered(response) {
  // What stands between may answer with a page of its own.
  const content = await response.json().catch(() => ({ error: { code: "unavailable" } }));
  if (response.ok && !content?.error) return content;
  throw Refused.from(content?.error ?? { code: "unavailable" });
}

/**
 * Some of a room's messages, oldest first: the newest, those before or after a position, or those at some.
 * @param {number} room @param {{before?: number, after?: number, at?: number[], limit?: number}} asked @returns {Promise<HistoryPage>}
 */
export function fetchPage(room, asked) {
  const query = new URLSearchParams(/** @type {any} */ (asked));
  return ask(`/rooms/${room}/messages/?${query}`);
}
