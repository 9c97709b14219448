// @ts-check
import { firstIndex } from "../lib/ordered.js";

/**
 * One room's messages by position, the newest state of each, and how far it is synced.
 *
 * What lies below the floor is held but not shown: a change to an old message may overtake
 * the page of history that brings that message, and must not be lost to it.
 */
export class Timeline {
  /** By position, one of each. @type {Message[]} */
  #held = [];
  /** @type {number | null} */
  #floor = null;
  /** @type {number | null} */
  #synced = null;
  #collecting = false;
  more = false;

  get loaded() {
    return this.#floor !== null;
  }

  get floor() {
    return this.#floor ?? Infinity;
  }

  /** The revision up to which nothing is missing; null before the first page. */
  get synced() {
    return this.#synced;
  }

  /** From here on events are kept, so that the page asked for next leaves no gap behind it. */
  collect() {
    this.#collecting = true;
  }

  /** The page asked for did not come: whichever comes later brings what happened until then. */
  abandon() {
    if (this.loaded) return;
    this.#collecting = false;
    this.#held = [];
  }

  /** The newest page. @param {HistoryPage} page */
  fill(page) {
    this.#floor = page.messages[0]?.position ?? 1;
    this.#synced = page.revision;
    this.#merge(page);
  }

  /** The page before the floor. @param {HistoryPage} page */
  extend(page) {
    const last = page.messages.at(-1);
    if (last && last.position !== this.floor - 1) return; // trimmed meanwhile: it would leave a gap
    this.#floor = page.messages[0]?.position ?? this.#floor;
    this.#merge(page);
  }

  /** A message in its present state; an older state than the one held changes nothing. @param {Message} message */
  apply(message) {
    if (!this.loaded && !this.#collecting) return false;
    const index = this.#indexOf(message.position);
    const held = this.#held[index]?.position === message.position ? this.#held[index] : null;
    if (held && held.revision >= message.revision) return false;
    this.#held.splice(index, held ? 1 : 0, message);
    return message.position >= this.floor;
  }

  /**
   * An event that the socket brought. It closes the gap to its revision only if there was none
   * when the socket opened: otherwise the catching up that is under way must not be cut short.
   * @param {number} revision @param {number} opening the revision that the socket's hello named
   */
  advance(revision, opening) {
    if (this.#synced !== null && this.#synced >= opening) this.#raise(revision);
  }

  /** A reply to `catch_up`. @param {{messages: Message[], revision: number}} reply */
  absorb(reply) {
    for (const message of reply.messages) this.apply(message);
    this.#raise(reply.revision);
  }

  /** What is shown, oldest first. */
  messages() {
    return this.#held.slice(this.#indexOf(this.floor));
  }

  /** @param {number} position */
  at(position) {
    const message = this.#held[this.#indexOf(position)];
    return message?.position === position && position >= this.floor ? message : undefined;
  }

  /** Forgets all but the newest, which come back from the server when they are asked for. @param {number} count */
  trim(count) {
    const first = this.messages().at(-count);
    if (!first || first.position === this.#floor) return;
    this.#floor = first.position;
    this.more = true;
    this.#held = this.messages();
  }

  /** @param {number} position */
  #indexOf(position) {
    return firstIndex(this.#held, (message) => message.position >= position);
  }

  /** @param {HistoryPage} page */
  #merge(page) {
    this.more = page.more;
    for (const message of page.messages) this.apply(message);
  }

  /** @param {number} revision */
  #raise(revision) {
    this.#synced = Math.max(this.#synced ?? 0, revision);
  }
}
