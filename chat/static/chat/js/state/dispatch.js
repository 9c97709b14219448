// @ts-check
import { pause } from "../lib/delays.js";
import { edit, post, react, remove } from "../protocol/commands.js";
import { Refused } from "../protocol/refused.js";

const RETRY_MS = 2_000;
/** @param {Attachment} attachment */
const idOf = ({ id }) => id;
/** @type {Record<Entry["kind"], (entry: any) => Command>} */
const COMMANDS = {
  post: ({ room, key, body, reply_to, attachments = [] }) => post(room, key, body, reply_to, attachments.map(idOf)),
  edit: ({ room, position, body }) => edit(room, position, body),
  delete: ({ room, position }) => remove(room, position),
  react: ({ room, position, emoji, on }) => react(room, position, emoji, on),
};

/**
 * Sends what waits, one entry at a time, so that a refusal never lets a later one overtake it.
 * Every tab may send every entry, and again after a lost reply: a post's key makes sure that it is stored once,
 * and a message is changed only where its author has seen the text that stands there.
 */
export class Dispatch {
  #connection;
  #entries;
  #present;
  #dropped;
  #busy = false;

  /**
   * @param {Connection} connection @param {Entries} entries
   * @param {(room: number, position: number) => Promise<Message | undefined>} present what a message is now
   * @param {(code: string) => void} dropped a reaction was refused, and nobody misses it
   */
  constructor(connection, entries, present, dropped) {
    this.#connection = connection;
    this.#entries = entries;
    this.#present = present;
    this.#dropped = dropped;
  }

  async run() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let entry = this.#next(); entry; entry = this.#next()) await this.#send(entry);
    } finally {
      this.#busy = false;
    }
  }

  #next() {
    return this.#connection.online ? this.#entries.next() : undefined;
  }

  /** @param {Entry} entry */
  async #send(entry) {
    try {
      if (await this.#overtaken(entry)) throw new Refused("overtaken");
      if (!this.#entries.get(entry.key)) return; // discarded meanwhile
      const { position, revision } = await this.#connection.request(COMMANDS[entry.kind](entry));
      this.#entries.update(entry, { state: "sent", position, revision });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#refused(entry, error);
    }
  }

  /** Whether the message was changed elsewhere meanwhile. @param {Entry} entry */
  async #overtaken({ room, position, body, over }) {
    if (position === null || over.length === 0) return false;
    const present = await this.#present(room, position);
    return present !== undefined && !present.deleted && ![body, ...over].includes(present.body);
  }

  /** @param {Entry} entry @param {Refused} error */
  async #refused(entry, error) {
    if (error.waits) return this.#rest(error);
    if (entry.kind === "react") this.#dropped(error.code);
    if (entry.kind === "react" || (entry.kind === "delete" && error.code === "not_found")) this.#entries.drop(entry);
    else this.#entries.update(entry, { state: "failed", error: (await this.#misses(entry, error)) ? "original_gone" : reasonOf(entry, error) });
  }

  /** Whether it is the message answered that is no longer there. @param {Entry} entry @param {Refused} error */
  async #misses({ room, reply_to }, { code }) {
    if (code !== "not_found" || !reply_to) return false;
    const original = await this.#present(room, reply_to);
    return !original || original.deleted;
  }

  /** Without a connection there is nothing to rest for: the next one begins anew. @param {Refused} error */
  async #rest({ retryAfter }) {
    if (this.#connection.online) await pause(Math.max(RETRY_MS, retryAfter * 1000));
  }
}

/** A post that is refused because something is not found misses its files. @param {Entry} entry @param {Refused} error */
function reasonOf({ attachments = [] }, { code }) {
  return code === "not_found" && attachments.length ? "files-gone" : code;
}
