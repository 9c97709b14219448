// @ts-check

/**
 * What a message says, without its markup, in at most so many characters; of one without words, what its files are called.
 * @param {Message} message @param {number} most
 */
export function plainText({ html, body, attachments }, most) {
  // A parsed document is inert: nothing in it loads or runs.
  const text = new DOMParser().parseFromString(html, "text/html").body.textContent?.trim() || body || namesOf(attachments);
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join("").trimEnd()}…` : text;
}

/** @param {Attachment[]} attachments */
export function namesOf(attachments) {
  return attachments.map(({ name }) => name).join(", ");
}
