// @ts-check

const TOGETHER_MS = 5 * 60_000;

/**
 * @typedef {{position: number | null, author: Person | null, created: string, edited: string | null, deleted: boolean,
 *   html: string, text: string | null, key: string, state: "settled" | Entry["state"],
 *   change: Entry["kind"] | null, error: string | null, refused: string}} Shown
 *   `text` stands in place of the html until the server has rendered it; `refused` is the text that it did not take.
 * @typedef {{id: string, kind: "day" | "new" | "message", date: Date, source?: object, entry?: Entry, shown?: Shown,
 *   own?: boolean, grouped?: boolean}} Line
 */

/**
 * The lines of a room: messages as they are or wait to become, and posts on their way, with day lines and the line
 * where one stopped reading.
 * @param {Room} room @param {Entry[]} entries @param {Person} me @param {(date: Date) => string} dayOf
 * @returns {Line[]}
 */
export function linesOf(room, entries, me, dayOf) {
  /** @type {Line[]} */
  const lines = [];
  let before = /** @type {Line | null} */ (null);
  let opened = false;
  for (const line of messageLines(room, entries, me)) {
    const newDay = !before || dayOf(before.date) !== dayOf(line.date);
    const firstNew = /** @type {boolean} */ (!opened && isNew(room, line));
    opened ||= firstNew;
    if (newDay) lines.push({ id: `day:${dayOf(line.date)}`, kind: "day", date: line.date });
    if (firstNew) lines.push({ id: "new", kind: "new", date: line.date });
    line.grouped = !newDay && !firstNew && belongs(before, line);
    lines.push(line);
    before = line;
  }
  return lines;
}

/** What has no message to stand at comes last: posts, and changes refused to messages that are not shown. @param {Room} room @param {Entry[]} entries @param {Person} me */
function messageLines(room, entries, me) {
  const messages = room.timeline.messages();
  const changes = new Map(entries.filter(({ kind }) => kind !== "post").map((entry) => [entry.position, entry]));
  const settled = messages.map((message) => ofMessage(message, me, changes.get(message.position)));
  for (const { position } of messages) changes.delete(position);
  const stray = [...changes.values()].filter(({ state }) => state === "failed");
  const posts = entries.filter(({ kind }) => kind === "post");
  return [...settled, ...[...posts, ...stray].map((entry) => ofEntry(entry, me))];
}

/** One's own words are never new, wherever they were written. @param {Room} room @param {Line} line */
function isNew({ stoppedAt }, line) {
  return stoppedAt !== null && !line.own && (line.shown?.position ?? 0) > stoppedAt;
}

/** @param {Line | null} before @param {Line} line */
function belongs(before, line) {
  if (!before?.shown || !line.shown) return false;
  const near = line.date.getTime() - before.date.getTime() < TOGETHER_MS;
  return near && before.shown.author?.id === line.shown.author?.id;
}

/** One's own line keeps its identity when it settles. @param {Message} message @param {Person} me @param {Entry} [entry] @returns {Line} */
function ofMessage(message, me, entry) {
  const own = message.author?.id === me.id;
  const id = own ? `own:${message.key}` : `at:${message.position}`;
  const date = new Date(message.created);
  const shown = { ...message, text: null, state: /** @type {const} */ ("settled"), change: null, error: null, refused: "" };
  return { id, kind: "message", date, source: message, entry, shown: entry ? changed(shown, entry) : shown, own };
}

/** @param {Shown} shown @param {Entry} entry @returns {Shown} */
function changed(shown, { kind, key, body, state, error }) {
  const isEdit = kind === "edit";
  const text = isEdit && state !== "failed" ? body : null;
  return { ...shown, key, text, state, change: kind, error, refused: isEdit ? body : "" };
}

/** @param {Entry} entry @param {Person} me @returns {Line} */
function ofEntry(entry, me) {
  const date = new Date(entry.at);
  const { key, body: text, position, state, kind: change, error } = entry;
  const rest = { author: me, html: "", created: date.toISOString(), edited: null, deleted: false, refused: "" };
  const shown = { key, text, position, state, change, error, ...rest };
  return { id: `own:${key}`, kind: "message", date, source: entry, entry, shown, own: true };
}
