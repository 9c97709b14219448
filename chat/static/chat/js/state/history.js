// @ts-check
import { fetchPage } from "../net/http.js";
import { Refused } from "../protocol/refused.js";

const PAGE = 50;
const LARGEST_PAGE = 100;
const UNREAD_SOUGHT = 300; // further back, the newest page is shown and the reader scrolls up

/** Loads pages of messages into timelines; a timeline dropped meanwhile is left alone. */
export class History {
  /** @type {Map<Timeline, Promise<void>>} */
  #loading = new Map();
  #changed;
  #signedOut;

  /** @param {(room: Room) => void} changed @param {() => void} signedOut */
  constructor(changed, signedOut) {
    this.#changed = changed;
    this.#signedOut = signedOut;
  }

  /** The newest page, and back to the first unread message, unless they are there. @param {Room} room */
  newest(room) {
    const { timeline } = room;
    if (timeline.loaded) return this.#reach(room, timeline);
    return this.#load(room, async () => {
      timeline.collect();
      timeline.fill(await fetchPage(room.id, { limit: PAGE }));
      await this.#reachUnread(room, timeline);
    });
  }

  /** A timeline that the page itself came with. @param {Room} room @param {HistoryPage} page */
  begin(room, page) {
    const { timeline } = room;
    timeline.collect();
    timeline.fill(page);
    return this.#reach(room, timeline);
  }

  /** @param {Room} room */
  older(room) {
    const { timeline } = room;
    if (!timeline.loaded || !timeline.more) return Promise.resolve();
    return this.#load(room, () => this.#extend(room, timeline, PAGE));
  }

  /** @param {Room} room */
  loading(room) {
    return this.#loading.has(room.timeline);
  }

  /** @param {Room} room @param {Timeline} timeline */
  #reach(room, timeline) {
    if (!this.#missesUnread(room, timeline)) return Promise.resolve();
    return this.#load(room, () => this.#reachUnread(room, timeline));
  }

  /** @param {Room} room @param {Timeline} timeline */
  async #reachUnread(room, timeline) {
    while (this.#missesUnread(room, timeline)) await this.#extend(room, timeline, LARGEST_PAGE);
  }

  /** @param {Room} room @param {Timeline} timeline */
  #missesUnread(room, { more, floor }) {
    return more && floor > room.read + 1 && room.unread <= UNREAD_SOUGHT;
  }

  /** @param {Room} room @param {Timeline} timeline @param {number} limit */
  async #extend(room, timeline, limit) {
    timeline.extend(await fetchPage(room.id, { before: timeline.floor, limit }));
  }

  /** @param {Room} room @param {() => Promise<void>} work @returns {Promise<void>} */
  #load(room, work) {
    const { timeline } = room;
    const running = this.#loading.get(timeline);
    if (running) return running;
    const load = this.#guard(room, timeline, work).finally(() => {
      this.#loading.delete(timeline);
      this.#changed(room);
    });
    this.#loading.set(timeline, load);
    this.#changed(room);
    return load;
  }

  /** @param {Room} room @param {Timeline} timeline @param {() => Promise<void>} work */
  async #guard(room, timeline, work) {
    room.failed = false;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed_out") this.#signedOut();
      room.failed = true;
      timeline.abandon();
    }
  }
}
