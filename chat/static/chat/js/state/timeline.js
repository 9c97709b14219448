// @ts-check
import { firstIndex } from "../lib/ordered.js";

/**
 * One room's messages by position, the newest state of each, and how far it is synced.
 *
 * What is shown is a window without gaps: from the floor to the ceiling, or up to the newest message. What lies outside
 * it is held but not shown. A change may overtake the page of history that brings its message, and must not be lost to
 * it; and what is posted while the window lies further back must not be glued to its end, nor be missing when the
 * window has reached it.
 */
export class Timeline {
  /** By position, one of each. @type {Message[]} */
  #held = [];
  /** @type {number | null} */
  #floor = null;
  #ceiling = Infinity;
  /** @type {number | null} */
  #synced = null;
  #collecting = false;
  /** There are messages below the floor. */
  more = false;

  get loaded() {
    return this.#floor !== null;
  }

  get floor() {
    return this.#floor ?? Infinity;
  }

  get ceiling() {
    return this.#ceiling;
  }

  /** Whether the window ends with the room's newest message: then each new one belongs to it. */
  get reachesNewest() {
    return this.#ceiling === Infinity;
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

  /** The window becomes this page, wherever that lies. @param {HistoryPage} page */
  place(page) {
    this.#floor = page.messages[0]?.position ?? 1;
    this.#ceiling = ceilingOf(page.messages, page.newer);
    this.more = page.more;
    // A window that moves raises nothing: what was held before the page is as old as it was.
    this.#synced ??= page.revision;
    this.#merge(page);
  }

  /** The page before the floor. @param {HistoryPage} page */
  older(page) {
    const last = page.messages.at(-1);
    if (last && last.position !== this.floor - 1) return; // trimmed meanwhile: it would leave a gap
    this.#floor = page.messages[0]?.position ?? this.#floor;
    this.more = page.more;
    this.#merge(page);
  }

  /** The page after the ceiling. @param {HistoryPage} page */
  newer(page) {
    this.#ceiling = ceilingOf(page.messages, page.newer);
    this.#merge(page);
  }

  /** A message in its present state; an older state than the one held changes nothing. @param {Message} message */
  apply(message) {
    if (!this.loaded && !this.#collecting) return;
    const index = this.#indexOf(message.position);
    const held = this.#held[index]?.position === message.position ? this.#held[index] : null;
    if (!held || held.revision < message.revision) this.#held.splice(index, held ? 1 : 0, message);
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
    this.#merge(reply);
    this.#raise(reply.revision);
  }

  /** What is shown, oldest first. */
  messages() {
    return this.#held.slice(this.#indexOf(this.floor), this.#indexOf(this.#ceiling + 1));
  }

  /** @param {number} position */
  at(position) {
    const message = this.#held[this.#indexOf(position)];
    return message?.position === position && this.#shows(position) ? message : undefined;
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

  /** @param {number} position */
  #shows(position) {
    return position >= this.floor && position <= this.#ceiling;
  }

  /** @param {{messages: Message[]}} page */
  #merge({ messages }) {
    for (const message of messages) this.apply(message);
  }

  /** @param {number} revision */
  #raise(revision) {
    this.#synced = Math.max(this.#synced ?? 0, revision);
  }
}

/** @param {Message[]} messages @param {boolean | undefined} newer whether there are newer ones than these */
function ceilingOf(messages, newer) {
  return newer ? messages[messages.length - 1].position : Infinity;
}
