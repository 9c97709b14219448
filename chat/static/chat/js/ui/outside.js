// @ts-check
import { joinRoom } from "../net/rooms.js";
import { byId, setText } from "./dom.js";
import { placeOf } from "./navigation.js";

/** Before an open room that a link has led to: what it is, and a way in. */
export class Outside {
  #chat;
  #words;
  #doors;

  /** @param {Chat} chat @param {any} words @param {Doors} doors */
  constructor(chat, words, doors) {
    this.#chat = chat;
    this.#words = words;
    this.#doors = doors;
    byId("outside-join").addEventListener("click", () => this.#join());
  }

  /** Until one is in that room, or goes to another. */
  get stands() {
    const { before, current, rooms } = this.#chat;
    return before !== null && !current && !rooms.has(before.id);
  }

  draw() {
    const { before } = this.#chat;
    byId("outside").hidden = !this.stands;
    if (before && this.stands) {
      setText(byId("outside-name"), before.name);
      setText(byId("outside-topic"), before.topic);
      setText(byId("outside-members"), this.#words.count("members", before.members));
    }
    return this.stands;
  }

  async #join() {
    const place = placeOf(location);
    if (!place) return;
    try {
      await joinRoom(place.room);
      this.#doors.arrive(place.room, place.position);
    } catch (error) {
      this.#doors.explain(error, (text) => setText(byId("outside-error"), text));
    }
  }
}
