// @ts-check
import { upTo } from "../lib/delays.js";
import { fetchAbout } from "../net/rooms.js";
import { Refused } from "../protocol/refused.js";

const EACH_MS = 10; // a member: of a thousand, a hundred ask each second

/** What no frame tells of rooms: the topic, how many are in it, and what one may do. It is asked for where it is shown. */
export class Abouts {
  /** @type {Map<number, RoomAbout>} */
  #known = new Map();
  #changed;
  /** @type {Set<number>} */
  #expected = new Set();
  #wasAway = false;

  /** @param {RoomAbout | null} first what the page came with @param {(room: number) => void} changed */
  constructor(first, changed) {
    if (first) this.#known.set(first.id, first);
    this.#changed = changed;
  }

  /** Who has just come has what the page came with, unless something happened meanwhile; who was away asks again. @param {Room} room */
  renew(room) {
    const fresh = this.#known.get(room.id)?.revision === room.opening && !this.#wasAway;
    this.#wasAway = true;
    if (!fresh) this.expect(room.id);
  }

  /** It may be another now. In a room of thousands not all may ask in the same moment. @param {number} room */
  expect(room) {
    if (this.#expected.has(room)) return;
    this.#expected.add(room);
    const members = this.#known.get(room)?.members ?? 0;
    setTimeout(() => (this.#expected.delete(room), this.refresh(room)), upTo(members * EACH_MS));
  }

  /** @param {number} room */
  get(room) {
    return this.#known.get(room);
  }

  /** @param {RoomAbout} about */
  set(about) {
    this.#known.set(about.id, about);
    this.#changed(about.id);
  }

  /** What could not be asked now is asked when the room is next entered, or the connection comes back. @param {number} room */
  async refresh(room) {
    try {
      this.set(await fetchAbout(room));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** Somebody came, or went. @param {{room: number, revision: number, in: boolean}} frame */
  count({ room, revision, in: joined }) {
    const about = this.#known.get(room);
    if (!about || revision <= about.revision) return; // it was counted
    this.set({ ...about, revision, members: about.members + (joined ? 1 : -1) });
  }
}
