// @ts-check
import { fetchPage } from "../net/http.js";
import { Refused } from "../protocol/refused.js";

const PAGE = 50;
const LARGEST_PAGE = 100;
const UNREAD_SOUGHT = 300; // further back, the window begins there and the newest are a button away

/** Loads pages of messages into timelines, one at a time each; a timeline dropped meanwhile is left alone. */
export class History {
  /** @type {Map<Timeline, Promise<boolean>>} */
  #loading = new Map();
  #changed;
  #signedOut;

  /** @param {(room: Room) => void} changed @param {() => void} signedOut */
  constructor(changed, signedOut) {
    this.#changed = changed;
    this.#signedOut = signedOut;
  }

  /** A timeline that the page itself came with. @param {Room} room @param {HistoryPage} page */
  begin({ timeline }, page) {
    timeline.place(page);
  }

  /** The newest page, back to the first unread message; or where one was reading further back. @param {Room} room */
  async first(room) {
    const { timeline } = room;
    if (timeline.loaded) return;
    await this.#load(room, async () => {
      timeline.place(room.place === null ? await newest(room.id) : await around(room.id, room.place));
      await this.#reachUnread(room, timeline);
    });
  }

  /** Back to the first unread message, unless that is there. @param {Room} room */
  async reachUnread(room) {
    const { timeline } = room;
    if (missesUnread(room, timeline)) await this.#load(room, () => this.#reachUnread(room, timeline));
  }

  /** To the room's goal. Resolves to whether there is such a message; null: that cannot be told yet. @param {Room} room */
  async seek(room) {
    const { timeline, goal } = room;
    if (goal === null) return null;
    const isKnown = await (timeline.at(goal) || this.#move(room, timeline, () => this.#seek(room, timeline, goal)));
    if (!isKnown || room.goal !== goal || room.timeline !== timeline) return null;
    room.goal = null;
    return timeline.at(goal) !== undefined;
  }

  /** From wherever the window is. @param {Room} room */
  async toNewest(room) {
    const { timeline } = room;
    if (!timeline.loaded) await this.first(room);
    else if (timeline.reachesNewest) return;
    else if (timeline.reopenNewest(PAGE, room.position)) this.#changed(room);
    else await this.#move(room, timeline, async () => timeline.place(await newest(room.id)));
  }

  /** @param {Room} room */
  async older(room) {
    const { timeline } = room;
    if (!timeline.loaded || !timeline.more) return;
    if (timeline.reopenOlder(PAGE)) this.#changed(room);
    else await this.#load(room, () => this.#extend(room, timeline, PAGE));
  }

  /** @param {Room} room */
  async newer(room) {
    const { timeline } = room;
    if (timeline.reachesNewest) return;
    if (timeline.reopenNewer(PAGE, room.position)) this.#changed(room);
    else await this.#load(room, async () => timeline.newer(await following(room.id, timeline.ceiling)));
  }

  /** @param {Room} room */
  loading(room) {
    return this.#loading.has(room.timeline);
  }

  /** What is further back than some pages is not reached page by page. @param {Room} room @param {Timeline} timeline */
  async #reachUnread(room, timeline) {
    const isFar = missesUnread(room, timeline) && room.unread > UNREAD_SOUGHT;
    if (isFar) timeline.place(await around(room.id, room.read + 1));
    while (missesUnread(room, timeline)) await this.#extend(room, timeline, LARGEST_PAGE);
  }

  /** Where there is no such message, what is shown stays, if anything is. @param {Room} room @param {Timeline} timeline @param {number} goal */
  async #seek(room, timeline, goal) {
    if (timeline.at(goal)) return;
    const page = await around(room.id, goal);
    const isThere = page.messages.some(({ position }) => position === goal);
    if (isThere || !timeline.loaded) timeline.place(page);
  }

  /** @param {Room} room @param {Timeline} timeline @param {number} limit */
  async #extend(room, timeline, limit) {
    timeline.older(await fetchPage(room.id, { before: timeline.floor, limit }));
  }

  /**
   * What moves the window comes after what extends it.
   * @param {Room} room @param {Timeline} timeline @param {() => Promise<void>} work
   */
  async #move(room, timeline, work) {
    while (this.#loading.has(timeline)) await this.#loading.get(timeline);
    return room.timeline === timeline && this.#load(room, work);
  }

  /** Resolves to whether it could be done. @param {Room} room @param {() => Promise<void>} work @returns {Promise<boolean>} */
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
    timeline.expect(room.heard);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed_out") this.#signedOut();
      room.failed = true;
    } finally {
      timeline.settle();
    }
    return !room.failed;
  }
}

/** A window further back is where the reader wants to be. @param {Room} room @param {Timeline} timeline */
function missesUnread(room, { more, floor, reachesNewest }) {
  return reachesNewest && more && floor > room.read + 1;
}

/** @param {number} room */
function newest(room) {
  return fetchPage(room, { limit: PAGE });
}

/** @param {number} room @param {number} position @returns {Promise<HistoryPage>} */
async function following(room, position) {
  const { more, ...page } = await fetchPage(room, { after: position, limit: PAGE });
  return { ...page, more: true, newer: more };
}

/**
 * The messages on both sides of a position, as one page; where there is none at that position, the newest.
 * @param {number} room @param {number} position @returns {Promise<HistoryPage>}
 */
async function around(room, position) {
  const [before, after] = await Promise.all([fetchPage(room, { before: position + 1, limit: PAGE }), following(room, position)]);
  // Posted between the two answers: what follows it does not follow the first.
  if (before.messages.at(-1)?.position !== position) return before;
  const revision = Math.min(before.revision, after.revision);
  return { ...before, messages: [...before.messages, ...after.messages], newer: after.newer, revision };
}
