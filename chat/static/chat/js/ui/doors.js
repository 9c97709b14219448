// @ts-check
import { isHeld, labelOf } from "../lib/modifier.js";
import { Refused } from "../protocol/refused.js";
import { byId, setText } from "./dom.js";
import { lateStyle } from "./late_style.js";
import { Sheet } from "./sheet.js";
import { addressOf } from "./navigation.js";
import { notify } from "./status.js";

const PATIENCE_MS = 5_000;

// Loaded when they are first opened.
/** @type {Record<string, () => Promise<{open: (place: Place, sheet: any) => void}>>} */
const SHEETS = {
  switcher: () => import("./rooms/switcher.js"),
  browse: () => import("./rooms/browse.js"),
  create: () => import("./rooms/create.js"),
  edit: () => import("./rooms/edit.js"),
  write: () => import("./rooms/write.js"),
  members: () => import("./rooms/members.js"),
  invite: () => import("./rooms/invite.js"),
  leave: () => import("./rooms/leave.js"),
  archive: () => import("./rooms/archive.js"),
  person: () => import("./person.js"),
  shortcuts: () => import("./shortcuts.js"),
  emoji: () => import("./emoji_picker.js"),
};

/** Opens what is asked for by `data-open` anywhere in the page, or by Ctrl/Cmd+K; and leads into rooms. */
export class Doors {
  #chat;
  #words;
  #go;
  /** @type {{room: number, position: number | null} | null} */
  #awaited = null;
  /** @type {Set<string>} */
  #coming = new Set();

  /** @param {Chat} chat @param {any} words @param {(room: number, position: number | null) => void} go */
  constructor(chat, words, go) {
    this.#chat = chat;
    this.#words = words;
    this.#go = go;
    setText(byId("switcher-key"), `${labelOf("Ctrl")} K`);
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    chat.on("rooms", () => this.#enter());
  }

  /** @param {string} name @param {Partial<Place>} about whom or what it is about */
  async open(name, about = {}) {
    const place = { chat: this.#chat, words: this.#words, doors: this, room: this.#chat.current, person: NaN, ...about };
    // Its field is there before the rest is fetched: who presses Ctrl+K types on at once, or closes it and presses again.
    if (name === "switcher") return this.#fetch(name, place, new Sheet("sheet-switcher", place));
    if (this.#coming.has(name)) return; // pressed twice
    this.#coming.add(name);
    try {
      await this.#fetch(name, place);
    } finally {
      this.#coming.delete(name);
    }
  }

  /** @param {string} name @param {Place} place @param {Sheet} [sheet] what is there of it already */
  async #fetch(name, place, sheet) {
    try {
      const [{ open }] = await Promise.all([SHEETS[name](), lateStyle()]);
      open(place, sheet);
    } catch (error) {
      sheet?.close();
      this.explain(error);
    }
  }

  /**
   * Into a room that one is in, or is about to be: its frame may still be on the way.
   * @param {number} room @param {number | null} [position]
   */
  arrive(room, position = null) {
    const awaited = { room, position };
    this.#awaited = awaited;
    this.#enter();
    setTimeout(() => this.#awaited === awaited && location.assign(addressOf(room, position)), PATIENCE_MS);
  }

  /** @param {unknown} error @param {(text: string) => void} [say] */
  explain(error, say = notify) {
    if (error instanceof Refused && error.code === "signed_out") this.#chat.emit("signed-out");
    else say(this.#words.reason(error instanceof Refused ? error.code : "lost"));
    if (!(error instanceof Refused || error instanceof TypeError)) throw error; // TypeError: a module that did not come
  }

  #enter() {
    if (!this.#awaited || !this.#chat.rooms.has(this.#awaited.room)) return;
    const { room, position } = this.#awaited;
    this.#awaited = null;
    this.#go(room, position);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const opener = event.target instanceof Element && event.target.closest("[data-open]");
    if (!(opener instanceof HTMLElement)) return;
    const menu = opener.closest("details");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus(); // where the focus comes back to
    }
    this.open(opener.dataset.open ?? "", { person: Number(opener.dataset.person ?? opener.dataset.user) });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (/^(Enter| )$/.test(event.key) && event.target instanceof HTMLSpanElement && event.target.dataset.open) {
      event.preventDefault();
      return event.target.click(); // as a button does by itself
    }
    if (!isHeld(event) || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault(); // the browser's own search
    if (!document.querySelector("dialog[open]")) this.open("switcher");
  }
}
