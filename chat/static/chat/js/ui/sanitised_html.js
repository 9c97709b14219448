// @ts-check

/**
 * The one place where markup enters the document. Only a message's `html` may come here:
 * the server rendered and sanitised it.
 * @param {Element} element @param {string} html
 */
export function putSanitisedHtml(element, html) {
  element.innerHTML = html;
}
