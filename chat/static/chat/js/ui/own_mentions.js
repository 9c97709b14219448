// @ts-check

/** One's own name stands out, in all messages at once. It is a rule and not a mark on each. @param {number} me */
export function markMentionsOf(me) {
  const sheet = new CSSStyleSheet();
  const mine = `[data-own="false"] .mention:is([data-user="${me}"], [data-user="all"])`;
  sheet.replaceSync(`${mine} { background: var(--warning-wash); color: var(--warning-text); }`);
  document.adoptedStyleSheets.push(sheet);
}
