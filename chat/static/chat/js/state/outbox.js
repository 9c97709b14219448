// @ts-check
import { pause } from "../lib/delays.js";
import { newKey } from "../lib/keys.js";
import { Shelf } from "../lib/shelf.js";
import { post } from "../protocol/commands.js";
import { Refused } from "../protocol/refused.js";

const RETRY_MS = 2_000;
const ADOPT_MS = 5_000; // another tab's line that still waits after this long may have lost its tab

/**
 * Posts that the server has not acknowledged, kept over reloads and sign-outs until it has.
 *
 *     pending -> sent     the server has it; shown until the timeline brings it
 *     pending -> failed   the server refused it; the person sends it again or discards it
 *
 * One post is under way at a time, so that a refusal never lets a later line overtake it.
 * Every tab may send every entry: the key makes sure that it is stored once.
 */
export class Outbox {
  #connection;
  #shelf;
  #changed;
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** Other tabs' entries, which that tab is about to send itself. @type {Set<string>} */
  #foreign = new Set();
  #busy = false;

  /** @param {Connection} connection @param {number} owner @param {(room: number) => void} changed */
  constructor(connection, owner, changed) {
    this.#connection = connection;
    this.#changed = changed;
    this.#shelf = new Shelf("outbox", owner);
    this.#shelf.watch((key, entry) => this.#otherTab(key, entry));
    this.#collect();
  }

  /** @param {number} room */
  entries(room) {
    return [...this.#entries.values()]
      .filter((entry) => entry.room === room)
      .sort((a, b) => a.at - b.at);
  }

  /** @param {number} room @param {string} body */
  add(room, body) {
    const last = Math.max(0, ...[...this.#entries.values()].map((entry) => entry.at));
    const at = Math.max(Date.now(), last + 1);
    this.#keep({ key: newKey(), room, body, at, state: "pending", error: null, position: null });
    this.#pump();
  }

  /** @param {string} key */
  resend(key) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.discard(key);
    const fresh = entry.error === "key_reused" ? newKey() : key;
    this.#keep({ ...entry, key: fresh, state: "pending", error: null });
    this.#pump();
  }

  /** @param {string} key */
  discard(key) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#shelf.remove(key);
    this.#changed(entry.room);
  }

  /** A new connection: whatever is not acknowledged goes again, whichever tab wrote it. */
  restart() {
    this.#foreign.clear();
    this.#collect();
    this.#pump();
  }

  /** Lets go of what the timeline shows now. @param {number} room @param {Message[]} mine @param {number} floor */
  reconcile(room, mine, floor) {
    const stored = new Set(mine.map((message) => message.key));
    for (const { key, position } of this.entries(room)) {
      if (stored.has(key) || (position !== null && position < floor)) {
        this.#entries.delete(key);
        this.#shelf.remove(key);
      }
    }
  }

  #collect() {
    for (const entry of this.#shelf.all()) {
      if (!this.#entries.has(entry.key)) this.#entries.set(entry.key, entry);
    }
  }

  /** @param {Entry} entry */
  #keep(entry) {
    this.#entries.set(entry.key, entry);
    if (entry.state === "sent") this.#shelf.remove(entry.key);
    else this.#shelf.set(entry.key, entry);
    this.#changed(entry.room);
  }

  #next() {
    return [...this.#entries.values()]
      .filter((entry) => entry.state === "pending" && !this.#foreign.has(entry.key))
      .sort((a, b) => a.at - b.at)[0];
  }

  async #pump() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let entry = this.#next(); entry && this.#connection.online; entry = this.#next()) {
        await this.#send(entry);
      }
    } finally {
      this.#busy = false;
    }
  }

  /** @param {Entry} entry */
  async #send(entry) {
    try {
      const reply = await this.#connection.request(post(entry.room, entry.key, entry.body));
      // Without an entry, the message itself arrived before its reply.
      if (this.#entries.has(entry.key)) this.#keep({ ...entry, state: "sent", position: reply.position });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#refused(entry, error);
    }
  }

  /** @param {Entry} entry @param {Refused} error */
  async #refused(entry, error) {
    if (error.code === "lost") return;
    if (error.passing) return pause(Math.max(RETRY_MS, error.retryAfter * 1000));
    if (this.#entries.has(entry.key)) this.#keep({ ...entry, state: "failed", error: error.code });
  }

  /** @param {string} key @param {Entry | null} entry */
  #otherTab(key, entry) {
    const held = this.#entries.get(key);
    if (entry) {
      this.#entries.set(key, entry);
      this.#foreign.add(key);
      setTimeout(() => this.#adopt(key), ADOPT_MS);
    } else if (held && held.state !== "sent") {
      this.#entries.delete(key);
    }
    const room = (entry ?? held)?.room;
    if (room !== undefined) this.#changed(room);
  }

  /** @param {string} key */
  #adopt(key) {
    if (this.#foreign.delete(key)) this.#pump();
  }
}
