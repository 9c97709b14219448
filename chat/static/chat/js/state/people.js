// @ts-check
import { fetchCards } from "../net/people.js";
import { Refused } from "../protocol/refused.js";

const PAUSE_MS = 50; // those met meanwhile are asked for together
const MOST = 100;

/** What the page knows of people beside the frames: how they are called and what they look like at present. */
export class People {
  /** Of those who are not there any more, null. @type {Map<number, Card | null>} */
  #cards;
  /** @type {Set<number>} */
  #wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #changed;

  /** @param {Card[]} first what the page came with @param {(ids: number[]) => void} changed */
  constructor(first, changed) {
    this.#cards = new Map(first.map((card) => [card.id, card]));
    this.#changed = changed;
  }

  get ids() {
    return [...this.#cards.keys()];
  }

  /** Of somebody who is not there any more, null; of whom nothing is known yet, undefined. @param {number} id */
  get(id) {
    return this.#cards.get(id);
  }

  /** Somebody is shown. @param {number} id */
  met(id) {
    if (id > 0 && !this.#cards.has(id)) this.#ask([id], PAUSE_MS);
  }

  /** Something about these people may be different. @param {number[]} ids @param {number} spread no sooner than it takes by chance, in ms */
  again(ids, spread) {
    this.#ask(ids.filter((id) => this.#cards.has(id)), PAUSE_MS + Math.random() * spread);
  }

  /** All of them. @param {number} spread */
  allAgain(spread) {
    this.again(this.ids, spread);
  }

  /** @param {CardNow} card */
  learn({ id, username, name, picture }) {
    this.#cards.set(id, { id, username, name, picture });
  }

  /** @param {number[]} ids @param {number} delay */
  #ask(ids, delay) {
    for (const id of ids) this.#wanted.add(id);
    if (this.#wanted.size > 0) this.#timer ??= setTimeout(() => this.#fetch(), delay);
  }

  /** Who cannot be asked for now is asked for when met again. */
  async #fetch() {
    const ids = [...this.#wanted].slice(0, MOST);
    for (const id of ids) this.#wanted.delete(id);
    this.#timer = undefined;
    this.#ask([], PAUSE_MS);
    try {
      const { people } = await fetchCards(ids);
      for (const id of ids) this.#cards.set(id, null);
      for (const card of people) this.learn(card);
      this.#changed(ids);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}
