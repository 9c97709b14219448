// @ts-check
import { fetchPage } from "../net/http.js";
import { Refused } from "../protocol/refused.js";

const AT_ONCE = 100;

/**
 * The messages that others answer, where the timeline does not hold them: asked for together, and once.
 * The timeline holds them outside its window, so that they change as all others do.
 */
export class Originals {
  #changed;
  /** @type {WeakMap<Timeline, Set<number>>} */
  #asked = new WeakMap();
  /** Where not all came. @type {WeakSet<Timeline>} */
  #failed = new WeakSet();

  /** @param {(room: Room) => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** What did not come may come now. @param {Room} room */
  again({ timeline }) {
    if (this.#failed.delete(timeline)) this.#asked.delete(timeline);
  }

  /** @param {Room} room @param {Set<number>} quoted */
  async complete(room, quoted) {
    const { timeline } = room;
    const asked = this.#asked.get(timeline) ?? new Set();
    const missing = [...quoted].filter((position) => !timeline.held(position) && !asked.has(position)).slice(0, AT_ONCE);
    if (!timeline.loaded || missing.length === 0) return;
    this.#asked.set(timeline, new Set([...asked, ...missing]));
    timeline.expect(room.heard);
    try {
      timeline.hold(await fetchPage(room.id, { at: missing }));
      this.#changed(room);
    } catch (error) {
      // The replies are read without them, and with the next connection they are asked for again.
      if (!(error instanceof Refused)) throw error;
      this.#failed.add(timeline);
    } finally {
      timeline.settle();
    }
  }
}
