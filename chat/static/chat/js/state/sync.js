// @ts-check
import { catchUp } from "../protocol/commands.js";
import { Refused } from "../protocol/refused.js";

const RETRY_MS = 2_000;

/** Brings timelines up to the revision that the socket's hello named, one `catch_up` at a time. */
export class Sync {
  #connection;
  #changed;
  #reload;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /** @param {Connection} connection @param {(room: Room) => void} changed @param {(room: Room) => void} reload */
  constructor(connection, changed, reload) {
    this.#connection = connection;
    this.#changed = changed;
    this.#reload = reload;
  }

  /** @param {Room[]} rooms those looked at first */
  mend(rooms) {
    this.#last = this.#last.then(async () => {
      for (const room of rooms) await this.#mendRoom(room);
    });
    return this.#last;
  }

  /** @param {Room} room */
  async #mendRoom(room) {
    try {
      await this.#expecting(room);
    } catch (error) {
      // One room's failure keeps nothing from the others, nor from the mending after the next hello.
      if (error instanceof Refused) this.#recover(room, error);
      else reportError(error);
    }
  }

  /** Its answers are like pages that were asked for: nothing may be forgotten meanwhile. @param {Room} room */
  async #expecting(room) {
    const { timeline } = room;
    timeline.expect(room.heard);
    try {
      await this.#catchUp(room, timeline);
    } finally {
      timeline.settle();
    }
  }

  /** @param {Room} room @param {Timeline} timeline */
  async #catchUp(room, timeline) {
    let more = timeline.synced !== null && timeline.synced < room.opening;
    while (more && timeline.synced !== null) {
      const reply = await this.#connection.request(catchUp(room.id, timeline.synced));
      if (timeline !== room.timeline) return;
      if (reply.reset) return this.#reload(room);
      timeline.absorb(/** @type {any} */ (reply));
      this.#changed(room);
      more = reply.more;
    }
  }

  /** A lost connection needs nothing: the next hello begins where `synced` stands. @param {Room} room @param {Refused} error */
  #recover(room, error) {
    if (error.code === "bad_revision") this.#reload(room);
    if (error.passing) {
      setTimeout(() => this.mend([room]), Math.max(RETRY_MS, error.retryAfter * 1000));
    }
  }
}
