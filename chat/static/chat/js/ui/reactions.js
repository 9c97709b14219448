// @ts-check
import { isMe, nameById } from "./avatar.js";
import { arrange, clone, setText } from "./dom.js";

const NAMED = 10;

/** Under a message, how people reacted to it: each emoji is a button that adds one's own, and takes it back. */
export class ReactionsView {
  #root = clone("line-reactions").root;
  #words;
  /** By emoji: a button that stays keeps its focus. @type {Map<string, HTMLElement>} */
  #chips = new Map();

  /** @param {HTMLElement} place what it comes after @param {any} words */
  constructor(place, words) {
    this.#words = words;
    place.after(this.#root);
  }

  /** @param {Reaction[]} reactions */
  update(reactions) {
    const line = /** @type {HTMLElement} */ (this.#root.parentElement);
    const focused = this.#root.contains(document.activeElement);
    const chips = new Map(reactions.map((reaction) => [reaction.emoji, this.#chip(reaction)]));
    const add = /** @type {HTMLElement} */ (this.#root.lastElementChild);
    arrange(this.#root, [...chips.values(), add]);
    this.#chips = chips;
    this.#root.hidden = reactions.length === 0;
    for (const button of this.#root.querySelectorAll("button")) button.tabIndex = line.tabIndex;
    if (focused && !this.#root.contains(document.activeElement)) line.focus(); // the last of its kind is taken back
  }

  /** @param {Reaction} reaction */
  #chip({ emoji, users }) {
    const root = this.#chips.get(emoji) ?? clone("reaction").root;
    const button = /** @type {HTMLElement} */ (root.firstElementChild);
    const [shown, count] = button.children;
    button.dataset.emoji = emoji;
    button.dataset.reacted = users.join();
    button.ariaPressed = String(users.some(isMe));
    setText(shown, emoji);
    setText(count, String(users.length));
    nameReaction(button, this.#words);
    return root;
  }
}

/** Who reacted, as far as their names are known. @param {HTMLElement} button @param {any} words */
export function nameReaction(button, words) {
  const { emoji = "", reacted = "" } = button.dataset;
  button.title = button.ariaLabel = `${emoji} ${peopleOf(reacted.split(",").map(Number), words)}`;
}

/** "You, Ana and 12 others". @param {number[]} users @param {any} words @returns {string} */
export function peopleOf(users, words) {
  const others = users.filter((id) => !isMe(id));
  const own = others.length < users.length ? [words.say("oneself")] : [];
  const named = others.slice(0, NAMED).map((id) => nameById(id) ?? words.say("former"));
  const rest = others.length > NAMED ? [words.count("others", others.length - NAMED)] : [];
  return new Intl.ListFormat(words.language).format([...own, ...named, ...rest]);
}
