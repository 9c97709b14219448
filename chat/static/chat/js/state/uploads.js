// @ts-check
import { pause } from "../lib/delays.js";
import { Emitter } from "../lib/emitter.js";
import { newKey } from "../lib/keys.js";
import { Shelf } from "../lib/shelf.js";
import { discardFile, sendFile } from "../net/files.js";
import { Refused } from "../protocol/refused.js";

const AT_ONCE = 3; // the server takes four of a person
const RETRY_MS = 2_000;
const KEPT_MS = 23 * 3_600_000; // a day after it came, the server lets go of what was not sent

/**
 * The files that are to go with the next message of each room. Emits `changed` with the room.
 *
 *     waiting -> sending -> done     kept over reloads, until the message is sent
 *                        -> failed   tried again, or removed
 */
export class Uploads extends Emitter {
  #limits;
  #shelf;
  /** @type {Map<number, Upload[]>} */
  #rooms = new Map();

  /** @param {number} owner @param {FileLimits} limits */
  constructor(owner, limits) {
    super();
    this.#limits = limits;
    this.#shelf = new Shelf("file", owner);
    this.#shelf.watch((id, kept) => kept || this.#goneElsewhere(id));
  }

  /** @param {number} room */
  of(room) {
    const known = this.#rooms.get(room) ?? this.#kept(room);
    this.#rooms.set(room, known);
    return known;
  }

  /** Whether something would be lost with the page. */
  get busy() {
    return this.#all().some(({ state }) => state === "waiting" || state === "sending");
  }

  /** All that was chosen is on the server. @param {number} room */
  isReady(room) {
    return this.of(room).every(({ state }) => state === "done");
  }

  /** @param {number} room */
  isFailing(room) {
    return this.of(room).some(({ state }) => state === "failed");
  }

  /** @param {number} room @param {Iterable<File>} files */
  add(room, files) {
    for (const file of files) {
      const error = this.#refusal(room, file);
      const { name, size } = file;
      /** @type {Upload} */
      const upload = { key: newKey(), room, name, size, file, state: error ? "failed" : "waiting", part: 0, error, at: this.#next(room) };
      this.of(room).push(upload);
    }
    this.#changed(room);
  }

  /** @param {Upload} upload */
  retry(upload) {
    upload.state = "waiting";
    this.#changed(upload.room);
  }

  /** The connection is back: what it broke off begins anew. */
  resume() {
    for (const upload of this.#all()) if (upload.error === "lost") this.retry(upload);
  }

  /** @param {Upload} upload */
  remove(upload) {
    const { room } = upload;
    this.#rooms.set(room, this.of(room).filter((other) => other !== upload));
    upload.abort?.();
    if (upload.stored) this.#discard(upload.stored);
    this.#changed(room);
  }

  /** For a message that is sent now. @param {number} room @returns {Attachment[]} */
  take(room) {
    const stored = this.of(room).flatMap((upload) => upload.stored ?? []);
    this.#rooms.set(room, []);
    for (const { id } of stored) this.#shelf.remove(id);
    this.#changed(room);
    return stored;
  }

  #all() {
    return [...this.#rooms.values()].flat();
  }

  /** Why it need not even be tried. @param {number} room @param {File} file */
  #refusal(room, { name, size }) {
    const { bytes, types, blocked, count } = this.#limits;
    const [, ...endings] = name.toLowerCase().split(".");
    if (size > bytes) return "too_large";
    if (types.length && !types.includes(endings.at(-1) ?? "")) return "blocked_type";
    if (endings.some((ending) => blocked.includes(ending))) return "blocked_type";
    return this.of(room).length >= count ? "too_many" : null;
  }

  #work() {
    const all = this.#all();
    const free = AT_ONCE - all.filter(({ state }) => state === "sending").length;
    for (const upload of all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free))) this.#send(upload);
  }

  /** @param {Upload} upload */
  async #send(upload) {
    upload.state = "sending";
    try {
      upload.stored = await this.#sent(upload);
      upload.state = "done";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.passing) await pause(Math.max(RETRY_MS, error.retryAfter * 1000));
      upload.state = error.passing ? "waiting" : "failed";
      upload.error = error.code;
    }
    upload.abort = undefined;
    this.#settle(upload);
    this.#changed(upload.room);
  }

  /** @param {number} room */
  #next(room) {
    return Math.max(Date.now(), ...this.of(room).map(({ at }) => at + 1));
  }

  /** @param {Upload} upload */
  #settle({ room, stored, key, at }) {
    if (!stored) return;
    if (this.of(room).some((upload) => upload.key === key)) this.#shelf.set(stored.id, { room, at, stored });
    else this.#discard(stored); // removed meanwhile
  }

  /** @param {Attachment} stored */
  #discard({ id }) {
    this.#shelf.remove(id);
    discardFile(id);
  }

  /** Sent or removed in another tab. @param {string} id */
  #goneElsewhere(id) {
    const gone = this.#all().find(({ stored }) => stored?.id === id);
    if (!gone) return;
    this.#rooms.set(gone.room, this.of(gone.room).filter((upload) => upload !== gone));
    this.#changed(gone.room);
  }

  /** @param {Upload} upload */
  #sent(upload) {
    const { done, abort } = sendFile(upload.room, /** @type {File} */ (upload.file), (part) => {
      upload.part = part;
      this.emit("changed", upload.room);
    });
    Object.assign(upload, { part: 0, error: null, abort });
    return done;
  }

  /** In the order in which they were chosen. @param {number} room @returns {Upload[]} */
  #kept(room) {
    const kept = /** @type {{room: number, at: number, stored: Attachment}[]} */ (this.#shelf.all());
    return kept
      .filter((one) => one.room === room && one.at > Date.now() - KEPT_MS)
      .sort((a, b) => a.at - b.at)
      .map(({ at, stored }) => ({ key: stored.id, room, name: stored.name, size: stored.size, state: "done", part: 1, error: null, at, stored }));
  }

  /** @param {number} room */
  #changed(room) {
    this.#work();
    this.emit("changed", room);
  }
}
