// @ts-check
import { ask } from "./http.js";

// People over HTTP: docs/people.md. All of these may be refused.

/** @param {number[]} ids @returns {Promise<{people: CardNow[]}>} */
export const fetchCards = (ids) => ask(`/people/cards/?ids=${ids.join(",")}`);

/** @returns {Promise<{rooms: {room: number, people: number[]}[], online: number[]}>} */
export const fetchDirect = () => ask("/people/direct/");
