// @ts-check
import { fetchDirect } from "../net/people.js";
import { Refused } from "../protocol/refused.js";

const SPREAD_MS = 10; // for each who is on-line: all of them look a person up who has changed
const SPREAD_MOST_MS = 30_000;

/** Who is on-line: of the current room as its events tell, of direct rooms as it was last asked. */
export class Presence {
  /** @type {Set<number> | null} */
  #here = null;
  /** @type {Set<number>} */
  #near = new Set();
  #people;
  #changed;
  #grouped;

  /**
   * @param {import("./people.js").People} people @param {() => void} changed
   * @param {(rooms: {room: number, people: number[]}[]) => void} grouped is told who else is in the direct rooms
   */
  constructor(people, changed, grouped) {
    this.#people = people;
    this.#changed = changed;
    this.#grouped = grouped;
  }

  /** How many are on-line in the current room; null while that is not known. */
  get count() {
    return this.#here && this.#here.size;
  }

  /** @param {number} id */
  has(id) {
    return this.#near.has(id) || Boolean(this.#here?.has(id));
  }

  /** A room was opened; null: it is about to be. @param {number[] | null} online */
  enter(online) {
    this.#here = online && new Set(online);
    this.#changed();
  }

  /** What comes before the answer to opening the room is in that answer. @param {{online: number[], offline: number[]}} event */
  hear({ online, offline }) {
    const here = this.#here;
    if (!here) return;
    // What was so already is said of those whose name or picture has changed.
    const again = [...online.filter((id) => here.has(id)), ...offline.filter((id) => !here.has(id))];
    if (again.length > 0) this.#people.again(again, Math.min(here.size * SPREAD_MS, SPREAD_MOST_MS));
    for (const id of online) here.add(id);
    for (const id of offline) here.delete(id);
    this.#changed();
    if (offline.some((id) => this.#near.has(id))) this.refresh();
  }

  /** What cannot be asked now is asked the next time. */
  async refresh() {
    try {
      const { rooms, online } = await fetchDirect();
      this.#near = new Set(online);
      this.#grouped(rooms);
      this.#changed();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}
