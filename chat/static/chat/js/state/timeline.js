// @ts-check
import { firstIndex } from "../lib/ordered.js";

const MOST = 500; // messages shown: each event costs the browser more the more there are

/**
 * One room's messages by position, the newest state of each, and how far it is synced.
 *
 * What is shown is a window without gaps: from the floor to the ceiling, or up to the newest message. What lies outside
 * it is held but not shown. A change may overtake the page of history that brings its message, and must not be lost to
 * it; and what is posted while the window lies further back must not be glued to its end, nor be missing when the
 * window has reached it. A window that grows too large at one end closes at the other, and is opened there again from
 * what is held.
 */
export class Timeline {
  /** By position, one of each. @type {Message[]} */
  #held = [];
  /** @type {number | null} */
  #floor = null;
  #ceiling = Infinity;
  /** @type {number | null} */
  #synced = null;
  #expected = 0;
  /** From which revision on the socket's changes were kept for the first page. */
  #since = Infinity;
  #most;
  /** There are messages below the floor. */
  more = false;

  constructor(most = MOST) {
    this.#most = most;
  }

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

  /**
   * A page is asked for. From here on all events are kept, and none is forgotten: it may be older than they are.
   * @param {number} heard the revision up to which the socket has brought all changes
   */
  expect(heard) {
    if (!this.loaded && this.#expected === 0) this.#since = heard;
    this.#expected += 1;
  }

  /** It has come, or will not come any more. */
  settle() {
    this.#expected -= 1;
    if (!this.loaded && this.#expected === 0) this.#held = [];
  }

  /** The window becomes this page, wherever that lies. @param {HistoryPage} page */
  place(page) {
    this.#floor = page.messages[0]?.position ?? 1;
    this.#ceiling = ceilingOf(page.messages, page.newer);
    this.more = page.more;
    // The page may be ahead of the socket: should that break, what it had under way has to be caught up with.
    // And a window that moves raises nothing: what was held before the page is as old as it was.
    this.#synced ??= Math.min(page.revision, this.#since);
    this.hold(page);
  }

  /** Messages from anywhere, which are shown once the window reaches them. @param {{messages: Message[]}} page */
  hold({ messages }) {
    for (const message of messages) this.#apply(message);
  }

  /** The page before the floor. @param {HistoryPage} page */
  older(page) {
    const last = page.messages.at(-1);
    if (last && last.position !== this.floor - 1) return; // trimmed meanwhile: it would leave a gap
    this.#floor = page.messages[0]?.position ?? this.#floor;
    this.more = page.more;
    this.hold(page);
    this.#closeEnd();
  }

  /** The page after the ceiling. @param {HistoryPage} page */
  newer(page) {
    const [first] = page.messages;
    if (first && first.position !== this.#ceiling + 1) return; // the window moved meanwhile
    this.#ceiling = ceilingOf(page.messages, page.newer);
    this.hold(page);
    this.#closeBeginning();
  }

  /** Opens the window further back over what is held there; false where that is nothing. @param {number} count */
  reopenOlder(count) {
    const floor = this.#run(this.floor, -1, count);
    if (floor === this.floor) return false;
    this.#openFrom(floor);
    this.#closeEnd();
    return true;
  }

  /** The same towards the newest. @param {number} count @param {number} newest the room's newest position */
  reopenNewer(count, newest) {
    const ceiling = this.#run(this.#ceiling, 1, count);
    if (ceiling === this.#ceiling) return false;
    this.#ceiling = ceiling >= newest ? Infinity : ceiling;
    this.#closeBeginning();
    return true;
  }

  /** Moves the window to the newest, where enough of them are held. @param {number} count @param {number} newest */
  reopenNewest(count, newest) {
    const floor = this.#run(newest + 1, -1, count);
    if (floor > 1 && floor > newest + 1 - count) return false;
    this.#openFrom(floor);
    this.#ceiling = Infinity;
    return true;
  }

  /** A message that the socket brought. @param {Message} message */
  receive(message) {
    if (this.loaded || this.#expected > 0) this.#apply(message);
  }

  /**
   * The socket has brought all up to this revision. That closes the gap to its revision only if there was none
   * when the socket opened: otherwise the catching up that is under way must not be cut short.
   * @param {number} revision @param {number} opening the revision that the socket's hello named
   */
  advance(revision, opening) {
    if (this.#synced !== null && this.#synced >= opening) this.#raise(revision);
  }

  /** A reply to `catch_up`. @param {{messages: Message[], revision: number}} reply */
  absorb(reply) {
    this.hold(reply);
    this.#raise(reply.revision);
  }

  /** What is shown, oldest first. */
  messages() {
    return this.#held.slice(this.#indexOf(this.floor), this.#indexOf(this.#ceiling + 1));
  }

  /** What is shown there. @param {number} position */
  at(position) {
    return this.#shows(position) ? this.held(position) : undefined;
  }

  /** What is known of a message, shown or not. @param {number} position @returns {Message | undefined} */
  held(position) {
    const message = this.#held[this.#indexOf(position)];
    return message?.position === position ? message : undefined;
  }

  /**
   * Forgets all but the newest, which come back from the server when they are asked for. Not while a page is under way.
   * @param {Set<number>} quoted what is kept for those that quote it
   */
  trim(quoted, count = this.#most) {
    const first = this.#expected === 0 ? this.messages().at(-count) : undefined;
    if (!first || first.position === this.#floor) return;
    this.#floor = first.position;
    this.more = true;
    this.#held = this.#held.filter(({ position }) => this.#shows(position) || quoted.has(position));
  }

  /** How far what is held goes on without a gap. @param {number} position @param {1 | -1} step @param {number} count */
  #run(position, step, count) {
    let reached = position;
    while (Math.abs(reached - position) < count && this.held(reached + step)) reached += step;
    return reached;
  }

  /** @param {number} floor */
  #openFrom(floor) {
    this.#floor = floor;
    this.more = floor > 1;
  }

  #closeEnd() {
    const shown = this.messages();
    if (shown.length > this.#most) this.#ceiling = shown[this.#most - 1].position;
  }

  #closeBeginning() {
    const first = this.messages().at(-this.#most);
    if (first) this.#openFrom(first.position);
  }

  /** @param {number} position */
  #indexOf(position) {
    return firstIndex(this.#held, (message) => message.position >= position);
  }

  /** @param {number} position */
  #shows(position) {
    return position >= this.floor && position <= this.#ceiling;
  }

  /** A message in its present state; an older state than the one held changes nothing. @param {Message} message */
  #apply(message) {
    const index = this.#indexOf(message.position);
    const held = this.held(message.position);
    if (!held || held.revision < message.revision) this.#held.splice(index, held ? 1 : 0, message);
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
