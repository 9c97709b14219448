// @ts-check
import { Emitter } from "../lib/emitter.js";
import { fetchPage } from "../net/http.js";
import { open } from "../protocol/commands.js";
import { Refused } from "../protocol/refused.js";
import { Abouts } from "./abouts.js";
import { Drafts } from "./drafts.js";
import { History } from "./history.js";
import { Mentions } from "./mentions.js";
import { Originals } from "./originals.js";
import { Outbox } from "./outbox.js";
import { OwnMessages } from "./own.js";
import { People } from "./people.js";
import { Presence } from "./presence.js";
import { Reactions } from "./reactions.js";
import { Reading } from "./reading.js";
import { Recent } from "./recent.js";
import { Room } from "./room.js";
import { Sync } from "./sync.js";
import { Typing } from "./typing.js";
import { Uploads } from "./uploads.js";

const KEPT = 150; // messages of a room that is not looked at

/**
 * All that the page shows, and what a person does with it.
 * Emits `rooms`, `about`, `timeline`, `visited`, `typing`, `people`, `presence`, `arrived`, `reaction-refused` and
 * `signed-out`.
 */
export class Chat extends Emitter {
  /** @type {Map<number, Room>} */
  rooms = new Map();
  /** @type {Room | null} */
  current = null;
  /** @type {Limits} */
  limits = { body: 10_000, frame: 131_072 };
  #connection;
  #looking = false;

  /** @param {Boot} boot @param {Connection} connection */
  constructor(boot, connection) {
    super();
    this.me = boot.user;
    this.#connection = connection;
    /** An open room that one followed a link to, and may join. */
    this.before = boot.room === null ? boot.about : null;
    this.abouts = new Abouts(boot.about, (room) => this.emit("about", room));
    this.recent = new Recent(boot.user.id);
    this.drafts = new Drafts(boot.user.id);
    this.uploads = new Uploads(boot.user.id, boot.files);
    connection.on("online", () => this.uploads.resume());
    this.reading = new Reading(connection);
    this.history = new History((room) => this.changed(room), () => this.emit("signed-out"));
    this.sync = new Sync(connection, (room) => this.changed(room), (room) => this.reload(room));
    this.originals = new Originals((room) => this.changed(room));
    const present = this.#present.bind(this);
    const dropped = (/** @type {string} */ code) => this.emit("reaction-refused", code);
    this.outbox = new Outbox(connection, boot.user.id, present, (room) => this.#waitingChanged(room), dropped);
    this.own = new OwnMessages(boot.user, this.outbox);
    this.reactions = new Reactions(boot.user, this.outbox);
    this.mentions = new Mentions(boot.user, () => this.rooms.values(), () => this.emit("rooms"));
    this.people = new People(boot.people, (ids) => this.emit("people", ids));
    this.presence = new Presence(this.people, () => this.emit("presence"), (rooms) => this.#grouped(rooms));
    this.typing = new Typing(connection, (room) => this.emit("typing", room));
    for (const frame of boot.rooms) this.rooms.set(frame.id, new Room(frame));
  }

  /**
   * @param {number} id @param {number | null} goal the message to be shown; null: where reading begins
   * @param {HistoryPage | null} [page] the newest messages, where they are at hand
   */
  enter(id, goal, page) {
    const room = this.rooms.get(id);
    if (!room) return false;
    if (room !== this.current) {
      this.#leave();
      this.presence.enter(null);
    }
    this.current = room;
    this.recent.entered(id);
    this.before = null;
    room.enter(goal);
    if (page && holds(page, goal)) this.history.begin(room, page);
    if (goal === null) this.history.reachUnread(room);
    this.tellOpened();
    this.emit("rooms");
    this.load(room);
    if (!page) this.abouts.refresh(id);
    return true;
  }

  /** To a message of a room that is open; `visited` tells when it is there. @param {Room} room @param {number} position */
  visit(room, position) {
    room.goal = position;
    this.load(room);
  }

  /** @param {Room} room */
  async toNewest(room) {
    room.goal = room.place = null;
    await this.history.toNewest(room);
  }

  /**
   * What of the current room is before somebody's eyes.
   * @param {boolean} newest @param {number | null} place where one reads in a window further back
   */
  look(newest, place) {
    this.#looking = newest;
    if (this.current) this.current.place = place;
  }

  /** @param {Room} room */
  looksAt(room) {
    return this.#looking && room === this.current;
  }

  /**
   * Messages came into view. Whoever follows a link has not read what it leads past;
   * but before the newest message, nothing is left to come back for.
   * @param {Room} room @param {number} first @param {number} last
   */
  seen(room, first, last) {
    const isSkipped = first > room.read + 1 && last < room.position;
    if (last <= room.read || isSkipped) return;
    room.reach(last);
    this.reading.report(room);
    this.emit("rooms");
  }

  /** With the files that were chosen for it. @param {Room} room @param {string} body @param {number | null} reply_to */
  send(room, body, reply_to) {
    room.stoppedAt = null;
    this.outbox.post(room.id, body, reply_to, this.uploads.take(room.id));
  }

  /** The server remembers the room, and `/` leads to it; that it could not is no harm. */
  async tellOpened() {
    const room = this.current;
    if (!room) return;
    try {
      const { online } = await this.#connection.request(open(room.id));
      if (room === this.current) this.presence.enter(online);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** Who is in direct rooms, and who of them is there: no frame tells it. */
  lookAround() {
    if ([...this.rooms.values()].some(({ kind }) => kind === "direct")) this.presence.refresh();
  }

  /** What is not there yet. @param {Room} room */
  async load(room) {
    if (room.goal === null) await this.history.first(room);
    else await this.#seek(room, room.goal);
    this.originals.again(room);
    this.originals.complete(room, this.#quoted(room));
    await this.sync.mend([room]);
  }

  /** The rooms where something was refused. */
  failing() {
    return new Set(this.outbox.unsent().flatMap(({ state, room }) => (state === "failed" ? [room] : [])));
  }

  /** What waits for rooms that one is no longer in. */
  stray() {
    return this.outbox.unsent().filter(({ room }) => !this.rooms.has(room));
  }

  /** @param {Room} room */
  reload(room) {
    room.forget();
    this.changed(room);
    if (room === this.current) this.load(room);
  }

  /** @param {Room} room */
  changed(room) {
    this.#trim(room);
    this.outbox.reconcile(room, this.me);
    if (room === this.current) this.originals.complete(room, this.#quoted(room));
    this.emit("timeline", room.id);
  }

  /** The positions that are answered in what is shown, in what waits, and in what is being written. @param {Room} room */
  #quoted(room) {
    const answering = [...room.timeline.messages(), ...this.outbox.entries(room.id)].map((one) => one.reply_to);
    return new Set([...answering, this.drafts.reply(room.id)].filter((position) => typeof position === "number"));
  }

  /** @param {Room} room @param {number} position */
  async #seek(room, position) {
    const found = await this.history.seek(room);
    if (found !== null) this.emit("visited", { room, position, found });
  }

  /** @param {number} id @param {number} position @returns {Promise<Message | undefined>} */
  async #present(id, position) {
    const held = this.rooms.get(id)?.timeline.at(position);
    if (held) return held;
    const { messages } = await fetchPage(id, { before: position + 1, limit: 1 });
    return messages.find((message) => message.position === position);
  }

  /** @param {{room: number, people: number[]}[]} rooms */
  #grouped(rooms) {
    for (const { room: id, people } of rooms) {
      const room = this.rooms.get(id);
      if (room) room.others = people;
    }
    this.emit("rooms");
  }

  /** @param {number} id */
  #waitingChanged(id) {
    const room = this.rooms.get(id);
    if (room) this.changed(room);
    this.emit("rooms");
  }

  #leave() {
    const room = this.current;
    if (!room) return;
    room.stoppedAt = null;
    this.current = null;
    this.#trim(room);
  }

  /** @param {Room} room */
  #trim(room) {
    if (room !== this.current) room.timeline.trim(this.#quoted(room), KEPT);
    else if (this.looksAt(room)) room.timeline.trim(this.#quoted(room));
  }
}

/** @param {HistoryPage} page @param {number | null} goal */
function holds({ messages }, goal) {
  return goal === null || messages.some(({ position }) => position === goal);
}
