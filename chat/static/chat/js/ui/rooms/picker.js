// @ts-check
import { calm } from "../../lib/calm.js";
import { findPeople } from "../../net/rooms.js";
import { Refused } from "../../protocol/refused.js";
import { clone, setText } from "../dom.js";
import { Choices } from "./choices.js";
import { personRow } from "./rows.js";

const LISTED = 8;
const PAUSE_MS = 120;

/** Chooses people by typing parts of their names. Backspace in the empty field takes the last one back. */
export class Picker {
  /** @type {Map<number, Account>} */
  #chosen = new Map();
  #words;
  #parts;
  #choices;
  #most;
  #find = calm(PAUSE_MS, (/** @type {Account[] | null} */ people) => this.#show(people));

  /** @param {Record<string, any>} parts of the sheet it is in @param {any} words @param {number} most people */
  constructor(parts, words, most) {
    this.#parts = parts;
    this.#words = words;
    this.#most = most;
    this.#choices = new Choices(parts.people, parts.found);
    parts.people.addEventListener("input", () => this.#seek());
    parts.people.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const empty = parts.people.value.trim() === "";
      if (event.key === "Backspace" && empty) this.#drop([...this.#chosen.keys()].at(-1));
      if (event.key === "Enter" && !empty) event.preventDefault(); // it is for the list, also while that is on its way
    });
  }

  get ids() {
    return [...this.#chosen.keys()];
  }

  #seek() {
    const q = this.#parts.people.value.trim();
    if (!q) return this.#find(async () => []);
    this.#find(async () => {
      try {
        return (await findPeople({ q, limit: LISTED })).people;
      } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
      }
    });
  }

  /** @param {Account[] | null} people null: they could not be asked for */
  #show(people) {
    const left = (people ?? []).filter(({ id }) => !this.#chosen.has(id));
    const sought = this.#parts.people.value.trim() !== "";
    const word = people === null ? "refused-lost" : sought && left.length === 0 ? "nobody-found" : "";
    setText(this.#parts.status, word && this.#words.say(word));
    this.#choices.show(left.map((person) => this.#choice(person)));
  }

  /** @param {Account} person */
  #choice(person) {
    return { key: String(person.id), root: personRow(person), choose: () => this.#take(person) };
  }

  /** @param {Account} person */
  #take(person) {
    const enough = this.#chosen.size >= this.#most;
    if (!enough) this.#chosen.set(person.id, person);
    this.#parts.people.value = "";
    this.#draw();
    if (enough) setText(this.#parts.status, this.#words.count("enough", this.#most));
  }

  /** @param {number | undefined} id */
  #drop(id) {
    if (id !== undefined) this.#chosen.delete(id);
    this.#draw();
  }

  #draw() {
    this.#parts.chips.replaceChildren(...[...this.#chosen.values()].map((person) => this.#chip(person)));
    this.#show([]);
    this.#parts.people.focus();
  }

  /** @param {Account} person */
  #chip({ id, name }) {
    const { root, parts } = clone("chip");
    setText(parts.name, name);
    parts.drop.setAttribute("aria-label", this.#words.say("take-back", { name }));
    parts.drop.addEventListener("click", () => this.#drop(id));
    return root;
  }
}
