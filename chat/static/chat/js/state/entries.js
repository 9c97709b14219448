// @ts-check
import { Shelf } from "../lib/shelf.js";

const ADOPT_MS = 5_000; // what another tab wrote and still waits after this long may have lost its tab

/** What a person wrote and the server has not acknowledged, as all tabs of the browser see it. */
export class Entries {
  #shelf;
  #changed;
  #adopted;
  /** @type {Map<string, Entry>} */
  #held = new Map();
  /** Other tabs' entries, which that tab is about to send itself. @type {Set<string>} */
  #foreign = new Set();

  /** @param {number} owner @param {(room: number) => void} changed @param {() => void} adopted */
  constructor(owner, changed, adopted) {
    this.#changed = changed;
    this.#adopted = adopted;
    this.#shelf = new Shelf("outbox", owner);
    this.#shelf.watch((key, entry) => this.#otherTab(key, entry));
    this.collect();
  }

  /** What is on the shelf now is what waits, whichever tab wrote it. */
  collect() {
    this.#foreign.clear();
    const kept = new Map(this.#shelf.all().map((entry) => [entry.key, entry]));
    for (const { key, state } of this.#held.values()) {
      if (state !== "sent" && !kept.has(key)) this.#held.delete(key);
    }
    for (const [key, entry] of kept) {
      if (!this.#held.has(key)) this.#held.set(key, entry);
    }
  }

  /** All, or those of one room, in the order they were written. @param {number} [room] @returns {Entry[]} */
  all(room) {
    return [...this.#held.values()]
      .filter((entry) => room === undefined || entry.room === room)
      .sort((a, b) => a.at - b.at);
  }

  /** What is to be sent next. @returns {Entry | undefined} */
  next() {
    return this.all().find(({ state, key }) => state === "pending" && !this.#foreign.has(key));
  }

  /** @param {string} key */
  get(key) {
    return this.#held.get(key);
  }

  /** @param {Entry} entry */
  keep(entry) {
    this.#held.set(entry.key, entry);
    if (entry.state === "sent") this.#shelf.remove(entry.key);
    else this.#shelf.set(entry.key, entry);
    this.#changed(entry.room);
  }

  /** Unless it was forgotten meanwhile: shown by the timeline, or replaced by its author. @param {Entry} entry @param {Partial<Entry>} news */
  update({ key }, news) {
    const entry = this.#held.get(key);
    if (entry) this.keep({ ...entry, ...news });
  }

  /** @param {Entry} entry */
  drop(entry) {
    this.forget(entry);
    this.#changed(entry.room);
  }

  /** Without a word: for who is drawing anyway. @param {Entry} entry */
  forget({ key }) {
    this.#held.delete(key);
    this.#shelf.remove(key);
  }

  /** @param {string} key @param {Entry | null} entry */
  #otherTab(key, entry) {
    const held = this.#held.get(key);
    if (entry) {
      this.#held.set(key, entry);
      this.#foreign.add(key);
      setTimeout(() => this.#adopt(key), ADOPT_MS);
    } else if (held && held.state !== "sent") {
      this.#held.delete(key);
    }
    const room = (entry ?? held)?.room;
    if (room !== undefined) this.#changed(room);
  }

  /** @param {string} key */
  #adopt(key) {
    if (this.#foreign.delete(key)) this.#adopted();
  }
}
