// @ts-check
import { setText } from "./dom.js";

const COLOURS = 10;

/** @param {HTMLElement} element @param {{id: number, name: string} | null} person */
export function dressAvatar(element, person) {
  setText(element, person ? initials(person.name) : "·");
  element.dataset.colour = person ? String(person.id % COLOURS) : "none";
  element.dataset.person = String(person?.id ?? "");
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => [...word][0].toLocaleUpperCase()).join("");
}
