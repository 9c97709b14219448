// @ts-check

/** Text as it is sought: case and accents make no difference; the server's own folding knows more. @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}

/**
 * How well a name answers to what is sought: 0 as its beginning, 1 in the beginnings of its words, 2 anywhere,
 * and null not at all.
 * @param {string} name @param {string} sought folded
 */
export function match(name, sought) {
  const folded = fold(name);
  const words = sought.split(/\s+/);
  if (folded.startsWith(sought)) return 0;
  if (words.every((word) => ` ${folded}`.includes(` ${word}`))) return 1;
  return words.every((word) => folded.includes(word)) ? 2 : null;
}
