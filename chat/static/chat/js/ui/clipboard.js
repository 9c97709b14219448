// @ts-check

/** Resolves to whether it is there now. @param {string} text */
export async function copyText(text) {
  // Browsers give a clipboard to secure contexts only, and a chat in a local network is often served over plain HTTP.
  if (!navigator.clipboard) return copySelected(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return copySelected(text);
    throw error;
  }
}

/** @param {string} text */
function copySelected(text) {
  const field = document.createElement("textarea");
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  field.value = text;
  field.className = "visually-hidden";
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}
