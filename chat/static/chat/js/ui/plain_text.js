// @ts-check

/** What a message says, without its markup, in at most so many characters. @param {Message} message @param {number} most */
export function plainText({ html, body }, most) {
  // A parsed document is inert: nothing in it loads or runs.
  const text = new DOMParser().parseFromString(html, "text/html").body.textContent?.trim() || body;
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join("").trimEnd()}…` : text;
}
