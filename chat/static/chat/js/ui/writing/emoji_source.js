// @ts-check
import { fold } from "../../lib/fold.js";
import { fetchEmoji } from "../../net/emoji.js";
import { clone, setText } from "../dom.js";

const OFFERED = 8;

/** Emoji by their names: `:na`. A single letter is more often part of a face, as in `:D`. */
export class EmojiSource {
  pattern = /(?:^|[^\p{L}\p{N}:/])(:[\p{L}\p{N}_+-]{2,40})$/u;

  /** Those first whose name begins as sought, then those with a word in it that does. @param {string} sought */
  async find(sought) {
    const all = await fetchEmoji();
    const begin = fold(sought);
    const first = all.flatMap((row) => found(row, (name) => name.startsWith(begin)));
    const others = first.length < OFFERED ? all.flatMap((row) => found(row, (name) => name.includes(`_${begin}`))) : [];
    const rows = new Map([...first, ...others].reverse()); // of two with the same key the earlier stays
    return [...rows].reverse().slice(0, OFFERED).map(([emoji, name]) => suggestion(emoji, name));
  }
}

/** @param {string[]} row @param {(name: string) => boolean} isSought @returns {[string, string][]} */
function found([emoji, ...names], isSought) {
  const name = names.find((one) => isSought(fold(one)));
  return name ? [[emoji, name]] : [];
}

/** @param {string} emoji @param {string} name */
function suggestion(emoji, name) {
  const { root, parts } = clone("row-emoji");
  setText(parts.emoji, emoji);
  setText(parts.name, `:${name}:`);
  return { key: [...emoji].map((part) => part.codePointAt(0)?.toString(16)).join("-"), root, text: emoji };
}
