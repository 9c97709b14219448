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

/**
 * Some of a room's messages, oldest first: the newest, or those before or after a position.
 * @param {number} room @param {{before?: number, after?: number, limit: number}} asked @returns {Promise<HistoryPage>}
 */
export async function fetchPage(room, asked) {
  const query = new URLSearchParams(/** @type {any} */ (asked));
  const response = await get(`/rooms/${room}/messages/?${query}`);
  if (response.ok) return response.json();
  throw new Refused({ 401: "signed_out", 404: "not_a_member" }[response.status] ?? "unavailable");
}
