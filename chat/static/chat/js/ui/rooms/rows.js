// @ts-check
import { dressAvatar } from "../avatar.js";
import { clone, setText } from "../dom.js";

/**
 * A room in a list to choose from. @param {{kind: string, name: string}} room @param {string} detail @param {string} tag
 */
export function roomRow({ kind, name }, detail = "", tag = "") {
  const { root, parts } = clone("row-room");
  parts.icon.setAttribute("href", `#icon-${kind}`);
  fill(parts, name, detail, tag);
  return root;
}

/** @param {Account} person @param {string} [tag] */
export function personRow(person, tag = "") {
  const { root, parts } = clone("row-person");
  dressAvatar(parts.avatar, person);
  fill(parts, person.name, `@${person.username}`, tag);
  return root;
}

/** @param {Record<string, any>} parts @param {string} name @param {string} detail @param {string} tag */
function fill(parts, name, detail, tag) {
  setText(parts.name, name);
  setText(parts.detail, detail);
  setText(parts.tag, tag);
  parts.tag.hidden = !tag;
}
