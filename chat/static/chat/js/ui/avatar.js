// @ts-check
import { setText } from "./dom.js";

const COLOURS = 10;

/** Where people are looked up, set once by the page: who oneself is, how people are called now, and whether they are there. */
let me = /** @type {Person | null} */ (null);
let people = /** @type {import("../state/people.js").People | null} */ (null);
let presence = /** @type {import("../state/presence.js").Presence | null} */ (null);

/** @param {Chat} chat */
export function lookUpIn(chat) {
  ({ me, people, presence } = chat);
}

/** @param {HTMLElement} element @param {{id: number, name: string} | null} person */
export function dressAvatar(element, person) {
  setText(element, person ? initials(nameOf(person)) : "·");
  element.dataset.colour = person ? String(person.id % COLOURS) : "none";
  element.dataset.person = String(person?.id ?? "");
  if (person) people?.met(person.id);
}

/** Frames carry the name that was the person's when they were sent. @param {{id: number, name: string}} person */
export function nameOf({ id, name }) {
  return people?.get(id)?.name ?? name;
}

/** @param {number} id */
export function isMe(id) {
  return id === me?.id;
}

/** Of whom nothing but the id is at hand: the name, as soon as it is known; null for who is not there any more. @param {number} id */
export function nameById(id) {
  people?.met(id);
  const card = people?.get(id);
  return card === null ? null : (card?.name ?? "…");
}

/** An avatar gets a dot, anything else is shown, while the person is on-line. @param {HTMLElement} element @param {number} id */
export function showPresence(element, id) {
  element.dataset.there = String(id);
  element.classList.toggle("is-online", presence?.has(id) ?? false);
}

/** Of the first and the last word that has a letter, as “Ana Souza (garden)”; else the first sign. @param {string} name */
function initials(name) {
  const letters = name.split(/[\s._-]+/).flatMap((word) => word.match(/[\p{L}\p{N}]\p{M}*/u) ?? []);
  const chosen = letters.length > 1 ? [letters[0], letters[letters.length - 1]] : letters;
  return chosen.join("").toLocaleUpperCase() || (name.match(/\p{RI}{2}|\S/u)?.[0] ?? "");
}
