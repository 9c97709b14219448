// @ts-check
import { chooseLevel } from "../net/rooms.js";
import { byId, setText } from "./dom.js";
import { closeOnLeave } from "./drawer.js";

/** The head of the current room: its topic, how many are in it, and the menu of what one may do there. */
export class RoomBar {
  #chat;
  #words;
  #site;
  #doors;
  #menu = /** @type {HTMLDetailsElement} */ (byId("room-menu"));
  #levels = /** @type {HTMLFieldSetElement} */ (byId("room-levels"));

  /** @param {Chat} chat @param {any} words @param {string} site @param {Doors} doors */
  constructor(chat, words, site, doors) {
    this.#chat = chat;
    this.#words = words;
    this.#site = site;
    this.#doors = doors;
    closeOnLeave(this.#menu);
    this.#levels.addEventListener("change", (event) => this.#choose(/** @type {HTMLInputElement} */ (event.target).value));
    chat.on("about", (room) => room === chat.current?.id && this.draw());
  }

  draw() {
    const room = this.#chat.current;
    const about = room ? this.#chat.abouts.get(room.id) : undefined;
    setText(byId("room-name"), room?.name ?? this.#site);
    setText(byId("room-kind"), room ? this.#words.say(`kind-${room.kind}`) : "");
    byId("room-kind-icon").setAttribute("href", room ? `#icon-${room.kind}` : "");
    this.#drawTopic(room, about);
    this.#drawMembers(about);
    this.#menu.hidden = !room;
    for (const item of this.#menu.querySelectorAll("[data-may]")) this.#offer(item, about);
    for (const level of this.#levels.querySelectorAll("input")) level.checked = level.value === room?.notify;
  }

  /** @param {Room | null} room @param {RoomAbout | undefined} about */
  #drawTopic(room, about) {
    const alone = room?.kind === "direct" && about?.members === 1;
    const topic = byId("room-topic");
    setText(topic, alone ? this.#words.say("notes") : (about?.topic ?? ""));
    topic.title = about?.topic ?? ""; // the head may have no room for all of it
  }

  /** @param {RoomAbout | undefined} about */
  #drawMembers(about) {
    byId("room-members").hidden = !about;
    setText(byId("room-count"), String(about?.members ?? ""));
    setText(byId("room-count-spoken"), about ? this.#words.count("members", about.members) : "");
  }

  /** @param {any} item @param {RoomAbout | undefined} about */
  #offer(item, about) {
    item.hidden = !about?.may.includes(item.dataset.may);
  }

  /** It shows as chosen at once; the room's frame confirms it, or it goes back. @param {string} level */
  async #choose(level) {
    const room = this.#chat.current;
    if (!room) return;
    try {
      await chooseLevel(room.id, level);
    } catch (error) {
      this.draw();
      this.#doors.explain(error);
    }
  }
}
