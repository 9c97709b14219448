// @ts-check

/** Puts a mark on both sides of what is selected, or takes it away. @param {HTMLTextAreaElement} input @param {string} mark */
export function toggleMark(input, mark) {
  const { value } = input;
  let { selectionStart: start, selectionEnd: end } = input;
  // Beside a space, a mark marks nothing.
  while (start < end && /\s/.test(value[start])) start += 1;
  while (end > start && /\s/.test(value[end - 1])) end -= 1;
  const text = value.slice(start, end);
  const inside = value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
  if (inside) replace(input, start - mark.length, end + mark.length, text);
  else replace(input, start, end, mark + text + mark);
  const from = inside ? start - mark.length : start + mark.length;
  input.setSelectionRange(from, from + text.length);
}

/**
 * As if it had been typed: the browser can undo it. @param {HTMLTextAreaElement} input
 * @param {number} start @param {number} end @param {string} text
 */
export function replace(input, start, end, text) {
  input.focus();
  input.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, text)) return;
  input.setRangeText(text, start, end, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
