// @ts-check
import { Timeline } from "./timeline.js";

/** A room that one is in: what the list shows of it, and its timeline once it was opened. */
export class Room {
  timeline = new Timeline();
  /** The messages that call one; those that are read count no more. @type {Set<number>} */
  calls = new Set();
  /** The position after which the "new messages" line stands. @type {number | null} */
  stoppedAt = null;
  /** The message that is to be shown, until it is. @type {number | null} */
  goal = null;
  /** Where one reads in a window that does not reach the newest message. @type {number | null} */
  place = null;
  /** The last page asked for could not be loaded. */
  failed = false;

  /** @param {RoomFrame} frame */
  constructor(frame) {
    this.id = frame.id;
    this.kind = frame.kind;
    this.name = frame.name;
    this.notify = frame.notify;
    /** Of a direct room, the ids of the others, as far as they were asked for. @type {number[]} */
    this.others = [];
    this.position = frame.position;
    /** The revision that the open socket began with, and the one up to which it has brought all changes. */
    this.opening = this.heard = frame.revision;
    this.read = frame.read;
    /** The read position that the server needs no more word of. */
    this.confirmed = frame.read;
  }

  get unread() {
    return Math.max(0, this.position - this.read);
  }

  /** How often one is called here: in a conversation of few, each message is for everybody. */
  get called() {
    if (this.notify === "none") return 0;
    if (this.kind === "direct") return this.unread;
    return [...this.calls].filter((position) => position > this.read).length;
  }

  /** What the tab's title counts, by what one wants to hear of. */
  get counted() {
    return this.notify === "all" ? this.unread : this.called;
  }

  /** @param {RoomFrame} frame */
  update(frame) {
    this.kind = frame.kind;
    this.name = frame.name;
    this.notify = frame.notify;
    this.confirm(frame.read);
    this.read = Math.max(this.read, frame.read);
  }

  /** A new socket begins. @param {RoomFrame} frame @param {boolean} looking */
  greet(frame, looking) {
    this.update(frame);
    this.grow(frame.position, looking);
    this.opening = this.heard = frame.revision;
    // Ahead of the server: the timeline shows a history that the server does not have.
    if ((this.timeline.synced ?? 0) > frame.revision) this.forget();
  }

  /** The socket brought a change: they come in the order of their revisions. @param {number} revision */
  hear(revision) {
    this.heard = Math.max(this.heard, revision);
    this.timeline.advance(revision, this.opening);
  }

  /** @param {number} position */
  confirm(position) {
    this.confirmed = Math.max(this.confirmed, position);
  }

  /** The room has messages up to this position now. @param {number} position @param {boolean} looking */
  grow(position, looking) {
    if (position <= this.position) return;
    if (!looking && this.unread === 0) this.stoppedAt = this.read;
    this.position = position;
  }

  /** One's own message is read by oneself. @param {number} position */
  growByOwn(position) {
    const upToDate = this.unread === 0 && position === this.position + 1;
    this.position = Math.max(this.position, position);
    if (upToDate) this.read = position;
  }

  /** @param {number} position */
  reach(position) {
    this.read = Math.max(this.read, Math.min(position, this.position));
  }

  /** Begins to look at the room: the line stands where one stopped reading. @param {number | null} goal */
  enter(goal) {
    this.stoppedAt = this.unread > 0 ? this.read : null;
    this.goal = goal;
    this.place = null;
    if (goal === null && !this.timeline.reachesNewest) this.forget();
  }

  forget() {
    this.timeline = new Timeline();
    this.failed = false;
  }
}
