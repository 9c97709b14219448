// @ts-check
import { typing } from "../protocol/commands.js";

const TELL_MS = 3_000;
const FADE_MS = 6_000;

/** Who is writing where, and word that one writes oneself. */
export class Typing {
  #connection;
  #changed;
  #told = 0;
  #toldRoom = 0;
  /** @type {Map<number, Map<number, {name: string, timer: ReturnType<typeof setTimeout>}>>} */
  #rooms = new Map();

  /** @param {Connection} connection @param {(room: number) => void} changed */
  constructor(connection, changed) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /** @param {number} room */
  tell(room) {
    if (room === this.#toldRoom && Date.now() - this.#told < TELL_MS) return;
    this.#told = Date.now();
    this.#toldRoom = room;
    this.#connection.send(typing(room));
  }

  /** @param {number} room @param {Person} user */
  heard(room, user) {
    const people = this.#rooms.get(room) ?? new Map();
    this.#rooms.set(room, people);
    clearTimeout(people.get(user.id)?.timer);
    const timer = setTimeout(() => this.stopped(room, user.id), FADE_MS);
    people.set(user.id, { name: user.name, timer });
    this.#changed(room);
  }

  /** @param {number} room @param {number | undefined} user */
  stopped(room, user) {
    const people = this.#rooms.get(room);
    const person = user === undefined ? undefined : people?.get(user);
    if (!person) return;
    clearTimeout(person.timer);
    people?.delete(/** @type {number} */ (user));
    this.#changed(room);
  }

  /** @param {number} room */
  names(room) {
    return [...(this.#rooms.get(room)?.values() ?? [])].map((person) => person.name);
  }
}
