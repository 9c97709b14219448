// @ts-check
import { newKey } from "../lib/keys.js";
import { Dispatch } from "./dispatch.js";
import { Entries } from "./entries.js";

/**
 * Posts, edits, deletions and reactions that the server has not acknowledged, kept over reloads and sign-outs until it has.
 *
 *     pending -> sent     the server has it; shown until the timeline brings it
 *     pending -> failed   the server refused it; the person sends it again or discards it; a reaction is dropped
 */
export class Outbox {
  #entries;
  #dispatch;

  /**
   * @param {Connection} connection @param {number} owner
   * @param {(room: number, position: number) => Promise<Message | undefined>} present what a message is now
   * @param {(room: number) => void} changed @param {(code: string) => void} dropped why a reaction was
   */
  constructor(connection, owner, present, changed, dropped) {
    this.#entries = new Entries(owner, changed, () => this.#dispatch.run());
    this.#dispatch = new Dispatch(connection, this.#entries, present, dropped);
  }

  /** All, or those of one room, in the order they were written. @param {number} [room] */
  entries(room) {
    return this.#entries.all(room);
  }

  /** What somebody wrote: for want of a reaction nobody stays. */
  unsent() {
    return this.entries().filter(({ state, kind }) => state !== "sent" && kind !== "react");
  }

  /** Whether something that was written there has not arrived. @param {number} room */
  isPosting(room) {
    return this.entries(room).some(({ kind, state }) => kind === "post" && state !== "failed");
  }

  /** What becomes of one's own reactions in a room. @param {number} room */
  reactions(room) {
    return this.entries(room).filter(({ kind }) => kind === "react");
  }

  /** The change to a message that waits or was refused. @param {number} room @param {number} position */
  amendment(room, position) {
    return this.#amendments(room, position).at(-1);
  }

  /** @param {number} room @param {string} body @param {number | null} reply_to @param {Attachment[]} attachments */
  post(room, body, reply_to, attachments) {
    this.#add({ kind: "post", room, position: null, body, reply_to, over: [], attachments });
  }

  /**
   * Another text for a message, or its deletion, in place of whatever waits for that message.
   * @param {"edit" | "delete"} kind @param {number} room @param {number} position @param {string} body
   * @param {string | undefined} seen the text that its author sees there
   */
  amend(kind, room, position, body, seen) {
    const former = this.#amendments(room, position);
    const own = former.flatMap((entry) => [entry.body, ...entry.over]);
    for (const entry of former) this.#entries.forget(entry);
    this.#add({ kind, room, position, body, reply_to: null, over: seen === undefined ? own : [seen, ...own] });
  }

  /** One's own reaction or its end, in place of what waits. @param {Message} message @param {string} emoji @param {boolean} on */
  react({ room, position }, emoji, on) {
    const former = this.reactions(room).filter((entry) => entry.position === position && entry.emoji === emoji);
    for (const entry of former) this.#entries.forget(entry);
    this.#add({ kind: "react", room, position, body: "", reply_to: null, over: [], emoji, on });
  }

  /** Once more, whatever stands there now: its author was told. @param {string} key */
  resend(key) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.forget(entry);
    const fresh = entry.error === "key_reused" ? newKey() : key;
    const reply_to = entry.error === "original_gone" ? null : entry.reply_to;
    this.#entries.keep({ ...entry, key: fresh, reply_to, over: [], state: "pending", error: null });
    this.#dispatch.run();
  }

  /** @param {string} key */
  discard(key) {
    const entry = this.#entries.get(key);
    if (entry) this.#entries.drop(entry);
  }

  /** A new connection: whatever is not acknowledged goes again, whichever tab wrote it. */
  restart() {
    this.#entries.collect();
    this.#dispatch.run();
  }

  /** Lets go of what the timeline shows now. @param {Room} room @param {Person} me */
  reconcile({ id, timeline }, me) {
    const waiting = this.entries(id);
    if (waiting.length === 0) return; // as nearly always, and a timeline is long
    const mine = timeline.messages().filter(({ author }) => author?.id === me.id);
    const stored = new Set(mine.map((message) => message.key));
    for (const entry of waiting) {
      if (stored.has(entry.key) || shows(timeline, entry)) this.#entries.forget(entry);
    }
  }

  /** @param {number} room @param {number} position */
  #amendments(room, position) {
    return this.entries(room).filter((entry) => isAmendment(entry) && entry.position === position);
  }

  /** @param {Pick<Entry, "kind" | "room" | "position" | "body" | "reply_to" | "over" | "attachments" | "emoji" | "on">} what */
  #add(what) {
    const last = Math.max(0, ...this.entries().map((entry) => entry.at));
    const at = Math.max(Date.now(), last + 1);
    this.#entries.keep({ ...what, key: newKey(), at, state: "pending", error: null, revision: null });
    this.#dispatch.run();
  }
}

/** Whether it is about what the message says. @param {Entry} entry */
export function isAmendment({ kind }) {
  return kind === "edit" || kind === "delete";
}

/** Whether a timeline shows what the server took, or reaches less far back. @param {Timeline} timeline @param {Entry} entry */
function shows(timeline, { kind, state, position, revision }) {
  if (state !== "sent" || position === null) return false;
  const shown = timeline.at(position)?.revision ?? 0;
  return position < timeline.floor || (kind !== "post" && shown >= (revision ?? 0));
}
