// @ts-check
import { match, fold } from "../lib/fold.js";
import { fetchEmoji } from "../net/emoji.js";
import { setText } from "./dom.js";
import { Sheet } from "./sheet.js";

const COLUMNS = 8;
const GAP = 8; // pixels
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };

/** An emoji to react with: those within reach first, then all, or those whose names are sought. @param {Place} place */
export function open(place) {
  new EmojiPicker(place);
}

class EmojiPicker {
  #place;
  #sheet;
  /** @type {{button: HTMLElement, names: string[]}[]} */
  #all = [];
  #filled;

  /** @param {Place} place */
  constructor(place) {
    this.#place = place;
    this.#sheet = new Sheet("sheet-emoji", place);
    const { search, favourites } = this.#sheet.parts;
    favourites.replaceChildren(...place.chat.reactions.favourites.all().map((emoji) => buttonOf(emoji, emoji)));
    search.addEventListener("input", () => this.#seek());
    this.#sheet.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#sheet.dialog.addEventListener("click", ({ target }) => this.#choose(target));
    if (place.from) stand(this.#sheet.dialog, place.from);
    this.#filled = this.#fill();
  }

  async #fill() {
    const all = await this.#sheet.attempt(fetchEmoji);
    if (!all) return;
    this.#all = all.map(([emoji, ...names]) => ({ button: buttonOf(emoji, names[0]), names: names.map(spoken) }));
    this.#seek();
  }

  /** @returns {HTMLElement[]} */
  get #buttons() {
    const { favourites, found } = this.#sheet.parts;
    return [...(favourites.hidden ? [] : favourites.children), ...found.children];
  }

  #seek() {
    const { search, favourites, found, status } = this.#sheet.parts;
    const sought = fold(search.value);
    const answers = this.#all.map(({ button, names }) => ({ button, rank: rankOf(names, sought) }));
    const chosen = answers.filter(({ rank }) => rank < Infinity).sort((a, b) => a.rank - b.rank);
    favourites.hidden = sought !== "";
    found.replaceChildren(...chosen.map(({ button }) => button));
    found.scrollTop = 0;
    if (this.#all.length > 0) setText(status, chosen.length ? "" : this.#place.words.say("nothing-found"));
    for (const group of [favourites, found]) stopAt(group.firstElementChild);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const buttons = this.#buttons;
    const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    if (event.isComposing) return;
    if (at < 0) return this.#keyInField(event);
    if (/^[^ ]$/u.test(event.key) && !event.ctrlKey && !event.metaKey) return this.#sheet.parts.search.focus(); // it is written there
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    if (at + step < 0) return this.#sheet.parts.search.focus();
    stopAt(buttons[at + step]);
    buttons[at + step]?.focus();
  }

  /** @param {KeyboardEvent} event */
  async #keyInField(event) {
    if (event.target !== this.#sheet.parts.search || !/^(Enter|ArrowDown)$/.test(event.key)) return;
    event.preventDefault();
    if (event.key === "ArrowDown") return this.#buttons[0]?.focus();
    await this.#filled; // who types fast is done before the list is there
    this.#buttons[0]?.click();
  }

  /** @param {EventTarget | null} target */
  #choose(target) {
    const emoji = target instanceof HTMLElement && target.dataset.emoji;
    const { chat, room, message } = this.#place;
    if (!emoji || !room || !message) return;
    this.#sheet.close();
    chat.reactions.toggle(room.timeline.held(message.position) ?? message, emoji); // others may have reacted meanwhile
  }
}

/** @param {string} emoji @param {string} name */
function buttonOf(emoji, name) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "emoji", textContent: emoji, title: spoken(name), ariaLabel: spoken(name), tabIndex: -1 });
  button.dataset.emoji = emoji;
  return button;
}

/** The one of its group that the Tab key leads to. @param {any} button */
function stopAt(button) {
  for (const other of button?.parentElement.querySelectorAll("[tabindex='0']") ?? []) other.tabIndex = -1;
  if (button) button.tabIndex = 0;
}

/** @param {string} name */
function spoken(name) {
  return name.replaceAll("_", " ");
}

/** @param {string[]} names @param {string} sought */
function rankOf(names, sought) {
  return Math.min(...names.map((name) => match(name, sought) ?? Infinity));
}

/** Beside what it was asked for at, where the page is wide enough. @param {HTMLElement} dialog @param {HTMLElement} from */
function stand(dialog, from) {
  if (matchMedia("(max-width: 50rem)").matches) return;
  const { top, bottom, right } = from.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const below = bottom + GAP + height + GAP <= innerHeight;
  const y = below ? bottom + GAP : Math.max(GAP, Math.min(top, innerHeight - GAP) - GAP - height);
  const x = Math.max(GAP, Math.min(right, innerWidth - GAP) - width);
  Object.assign(dialog.style, { margin: "0", insetBlockStart: `${y}px`, insetInlineStart: `${x}px` });
}
