// @ts-check
import { dressAvatar, lookUpIn, showPresence } from "./avatar.js";
import { byId, setText } from "./dom.js";
import { Faces } from "./faces.js";
import { nameReaction } from "./reactions.js";

const AROUND_MS = 60_000;

/** Keeps names, pictures and dots everywhere in the page as they are at present. */
export class PeopleView {
  #chat;
  #words;
  #faces = new Faces();

  /** @param {Chat} chat @param {any} words */
  constructor(chat, words) {
    this.#chat = chat;
    this.#words = words;
    lookUpIn(chat);
    this.#dress(chat.people.ids);
    chat.on("people", (ids) => this.#dress(ids));
    chat.on("presence", () => this.#mark());
    setInterval(() => this.#lookAround(), AROUND_MS);
    document.addEventListener("visibilitychange", () => this.#lookAround());
  }

  #lookAround() {
    if (document.visibilityState === "visible") this.#chat.lookAround();
  }

  /** @param {number[]} ids */
  #dress(ids) {
    for (const card of ids.flatMap((id) => this.#chat.people.get(id) ?? [])) {
      this.#faces.show(card);
      for (const element of marked("person", `="${card.id}"`)) {
        if (element.classList.contains("avatar")) dressAvatar(element, card);
        else setText(element, card.name);
      }
    }
    for (const reaction of marked("reacted")) nameReaction(reaction, this.#words);
  }

  #mark() {
    for (const element of marked("there")) showPresence(element, Number(element.dataset.there));
    const { count } = this.#chat.presence;
    byId("room-online").classList.toggle("head__online--unknown", !count);
    setText(byId("online-count"), String(count ?? ""));
    setText(byId("online-spoken"), count ? this.#words.count("online", count) : "");
  }
}

/** @param {string} name @returns {NodeListOf<HTMLElement>} */
function marked(name, value = "") {
  return document.querySelectorAll(`[data-${name}${value}]`);
}
