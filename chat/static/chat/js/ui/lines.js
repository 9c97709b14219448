// @ts-check

const TOGETHER_MS = 5 * 60_000;

/**
 * @typedef {{position: number | null, author: Person | null, body: string, html: string, created: string,
 *   edited: string | null, deleted: boolean, state: "settled" | "pending" | "sent" | "failed",
 *   error: string | null, key: string}} Shown
 * @typedef {{id: string, kind: "day" | "new" | "message", date: Date, source?: object, shown?: Shown,
 *   own?: boolean, grouped?: boolean}} Line
 */

/**
 * The lines of a room: messages and waiting posts, with day lines and the line where one stopped reading.
 * @param {Room} room @param {Entry[]} entries @param {Person} me @param {(date: Date) => string} dayOf
 * @returns {Line[]}
 */
export function linesOf(room, entries, me, dayOf) {
  /** @type {Line[]} */
  const lines = [];
  const settled = room.timeline.messages().map((message) => ofMessage(message, me));
  const waiting = entries.map((entry) => ofEntry(entry, me));
  let before = /** @type {Line | null} */ (null);
  let opened = false;
  for (const line of [...settled, ...waiting]) {
    const newDay = !before || dayOf(before.date) !== dayOf(line.date);
    const firstNew = !opened && isNew(room, line);
    opened ||= firstNew;
    if (newDay) lines.push({ id: `day:${dayOf(line.date)}`, kind: "day", date: line.date });
    if (firstNew) lines.push({ id: "new", kind: "new", date: line.date });
    line.grouped = !newDay && !firstNew && belongs(before, line);
    lines.push(line);
    before = line;
  }
  return lines;
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

/** One's own line keeps its identity when it settles. @param {Message} message @param {Person} me @returns {Line} */
function ofMessage(message, me) {
  const own = message.author?.id === me.id;
  const id = own ? `own:${message.key}` : `at:${message.position}`;
  const shown = { ...message, state: /** @type {const} */ ("settled"), error: null };
  return { id, kind: "message", date: new Date(message.created), source: message, shown, own };
}

/** @param {Entry} entry @param {Person} me @returns {Line} */
function ofEntry(entry, me) {
  const date = new Date(entry.at);
  const { key, body, position, state, error } = entry;
  const rest = { author: me, html: "", created: date.toISOString(), edited: null, deleted: false };
  return { id: `own:${key}`, kind: "message", date, source: entry, shown: { key, body, position, state, error, ...rest }, own: true };
}
