// @ts-check
import { isAmendment } from "../state/outbox.js";

const TOGETHER_MS = 5 * 60_000;

/**
 * @typedef {{position: number | null, author: Person | null, created: string, edited: string | null, deleted: boolean,
 *   room: number, reply_to: number | null,
 *   html: string, text: string | null, key: string, state: "settled" | Entry["state"],
 *   change: Entry["kind"] | null, error: string | null, refused: string, attachments: Attachment[]}} Shown
 *   `text` stands in place of the html until the server has rendered it; `refused` is the text that it did not take.
 * @typedef {{id: string, kind: "day" | "new" | "gap" | "message", date: Date, day: string, source?: object, entry?: Entry, shown?: Shown,
 *   original?: Message, reactions?: Reaction[], own?: boolean, grouped?: boolean}} Line
 */

/**
 * The lines of a room: messages as they are or wait to become, and posts on their way, with day lines, the line
 * where one stopped reading, and one where messages are left out.
 */
export class Lines {
  #me;
  #reactions;
  #dayOf;
  /** Of messages that nothing waits for: a message that changes is another object. @type {WeakMap<Message, Line>} */
  #settled = new WeakMap();

  /** @param {Chat} chat @param {(date: Date) => string} dayOf */
  constructor({ me, reactions }, dayOf) {
    this.#me = me;
    this.#reactions = reactions;
    this.#dayOf = dayOf;
  }

  /** @param {Room} room @param {Entry[]} entries @returns {Line[]} */
  of(room, entries) {
    /** @type {Line[]} */
    const lines = [];
    let before = /** @type {Line | null} */ (null);
    let opened = false;
    for (const line of this.#messages(room, entries)) {
      const { day, date } = line;
      const newDay = before?.day !== day;
      const firstNew = /** @type {boolean} */ (!opened && isNew(room, line));
      opened ||= firstNew;
      if (newDay) lines.push({ id: `day:${day}`, kind: "day", day, date });
      if (firstNew) lines.push({ id: "new", kind: "new", day, date });
      line.grouped = !newDay && !firstNew && belongs(before, line);
      lines.push(line);
      before = line;
    }
    return lines;
  }

  /** What has no message to stand at comes last: posts, and changes refused to messages that are not shown. @param {Room} room @param {Entry[]} entries */
  #messages(room, entries) {
    const messages = room.timeline.messages();
    const changes = new Map(entries.filter(isAmendment).map((entry) => [entry.position, entry]));
    const waiting = entries.filter(({ kind }) => kind === "react");
    const settled = messages
      .map((message) => this.#ofMessage(message, changes.get(message.position)))
      .map((line) => answering(room, this.#reacting(line, waiting)));
    const stray = [...changes.values()].filter(({ state, position }) => state === "failed" && !at(room, position));
    const posts = entries.filter(({ kind }) => kind === "post");
    const unsettled = [...posts, ...stray].map((entry) => answering(room, this.#ofEntry(entry)));
    return [...settled, ...this.#gap(room, settled, unsettled), ...unsettled];
  }

  /** Between a window further back and what one writes there. @param {Room} room @param {Line[]} settled @param {Line[]} unsettled @returns {Line[]} */
  #gap({ timeline }, settled, unsettled) {
    const last = settled.at(-1);
    if (timeline.reachesNewest || !last || unsettled.length === 0) return [];
    return [{ id: "gap", kind: "gap", day: last.day, date: last.date }];
  }

  /** @param {Message} message @param {Entry} [entry] */
  #ofMessage(message, entry) {
    const line = this.#settled.get(message) ?? this.#make(message);
    this.#settled.set(message, line);
    return entry && line.shown ? { ...line, entry, shown: changed(line.shown, entry) } : line;
  }

  /** One's own line keeps its identity when it settles. @param {Message} message @returns {Line} */
  #make(message) {
    const own = message.author?.id === this.#me.id;
    const id = own ? `own:${message.key}` : `at:${message.position}`;
    const reply_to = message.deleted ? null : message.reply_to;
    const shown = { ...message, reply_to, text: null, state: /** @type {const} */ ("settled"), change: null, error: null, refused: "" };
    return { id, kind: "message", ...this.#moment(message.created), source: message, shown, reactions: message.reactions, own };
  }

  /** With one's own reactions as they are to be. @param {Line} line @param {Entry[]} waiting @returns {Line} */
  #reacting(line, waiting) {
    const concerned = waiting.some(({ position }) => position === line.shown?.position);
    return concerned ? { ...line, reactions: this.#reactions.of(/** @type {Message} */ (line.source)) } : line;
  }

  /** @param {Entry} entry @returns {Line} */
  #ofEntry(entry) {
    const { key, room, reply_to, body: text, position, state, kind: change, error, attachments = [] } = entry;
    const moment = this.#moment(entry.at);
    const rest = { author: this.#me, html: "", created: moment.date.toISOString(), edited: null, deleted: false, refused: "" };
    const shown = { key, room, reply_to, text, position, state, change, error, attachments, ...rest };
    return { id: `own:${key}`, kind: "message", ...moment, source: entry, entry, shown, own: true };
  }

  /** @param {string | number} time */
  #moment(time) {
    const date = new Date(time);
    return { date, day: this.#dayOf(date) };
  }
}

/** With the message that it answers, as far as that is known. @param {Room} room @param {Line} line @returns {Line} */
function answering({ timeline }, line) {
  const position = line.shown?.reply_to;
  return position ? { ...line, original: timeline.held(position) } : line;
}

/** @param {Room} room @param {number | null} position */
function at({ timeline }, position) {
  return position === null ? undefined : timeline.at(position);
}

/**
 * One's own words are never new, wherever they were written; and a window that begins further on does not show what is
 * the first. @param {Room} room @param {Line} line
 */
function isNew({ stoppedAt, timeline }, line) {
  return stoppedAt !== null && timeline.floor <= stoppedAt + 1 && !line.own && (line.shown?.position ?? 0) > stoppedAt;
}

/** @param {Line | null} before @param {Line} line */
function belongs(before, line) {
  if (!before?.shown || !line.shown || line.shown.reply_to) return false;
  const near = line.date.getTime() - before.date.getTime() < TOGETHER_MS;
  return near && before.shown.author?.id === line.shown.author?.id;
}

/** @param {Shown} shown @param {Entry} entry @returns {Shown} */
function changed(shown, { kind, key, body, state, error }) {
  const isEdit = kind === "edit";
  const text = isEdit && state !== "failed" ? body : null;
  return { ...shown, key, text, state, change: kind, error, refused: isEdit ? body : "" };
}
