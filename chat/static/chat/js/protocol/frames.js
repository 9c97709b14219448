// @ts-check

/** What is no object with a type is no frame of this protocol. @param {unknown} text @returns {Frame | null} */
export function decode(text) {
  if (typeof text !== "string") return null;
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === "string" ? frame : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
