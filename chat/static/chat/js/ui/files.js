// @ts-check
import { clone, setText } from "./dom.js";

const WIDEST = 360;
const HIGHEST = 280;
const LEAST = 32; // a long thin line still has to be seen and hit
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** A file of a message: a picture, or a name to download it by. @param {Attachment} file @param {any} words */
export function fileOf(file, words) {
  return file.thumbnail ? pictureOf(file) : documentOf(file, words);
}

/** @param {Attachment} file */
function pictureOf({ id, name, width, height, thumbnail }) {
  const { root, parts } = clone("picture");
  const scale = Math.min(1, WIDEST / Number(width), HIGHEST / Number(height));
  parts.link.href = `/files/${id}/`;
  parts.link.title = parts.image.alt = name;
  // Its place is there before it is.
  parts.image.width = Math.max(LEAST, Math.round(Number(width) * scale));
  parts.image.height = Math.max(LEAST, Math.round(Number(height) * scale));
  // Else the browser would take the picture's own, half a pixel off, when it comes.
  parts.image.style.aspectRatio = `${parts.image.width} / ${parts.image.height}`;
  parts.image.src = thumbnail;
  return root;
}

/** @param {Attachment} file @param {any} words */
function documentOf({ id, name, size }, words) {
  const { root, parts } = clone("document");
  parts.link.href = `/files/${id}/`;
  parts.link.download = name;
  setText(parts.name, name);
  setText(parts.size, sizeOf(size, words.language));
  return root;
}

/** @param {number} bytes @param {string} language */
export function sizeOf(bytes, language) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const unitDisplay = step ? "short" : "long"; // 5 bytes, but 5 kB
  const options = { style: "unit", unit: UNITS[step], unitDisplay, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, /** @type {any} */ (options)).format(bytes / 1024 ** step);
}
