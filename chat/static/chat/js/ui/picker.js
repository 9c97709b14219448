// @ts-check
import { byId } from "./dom.js";
import { notify } from "./status.js";

/** Three ways to choose files: to pick, to paste and to drop them. */
export class Picker {
  #words;
  #take;
  #isOpen;
  #input = /** @type {HTMLInputElement} */ (byId("file-input"));
  #target = byId("drop");

  /**
   * @param {HTMLElement} field where one writes @param {any} words
   * @param {(files: File[]) => void} take @param {() => boolean} isOpen whether files can go with what is written now
   */
  constructor(field, words, take, isOpen) {
    this.#words = words;
    this.#take = take;
    this.#isOpen = isOpen;
    byId("attach").addEventListener("click", () => this.#input.click());
    this.#input.addEventListener("change", () => this.#picked());
    field.addEventListener("paste", (event) => this.#pasted(event));
    addEventListener("dragenter", (event) => this.#entered(event));
    this.#target.addEventListener("dragleave", () => this.#show(false));
    // Else the browser would leave the page, and open the file.
    addEventListener("dragover", (event) => hasFiles(event.dataTransfer) && event.preventDefault());
    addEventListener("drop", (event) => this.#dropped(event));
  }

  #picked() {
    this.#take([...(this.#input.files ?? [])]);
    this.#input.value = ""; // the same file may be chosen again
  }

  /** Office programs add a picture of the text that they copy. @param {ClipboardEvent} event */
  #pasted(event) {
    const { clipboardData } = event;
    if (!this.#isOpen() || !clipboardData?.files.length || clipboardData.types.includes("text/rtf")) return;
    event.preventDefault();
    this.#unpack(clipboardData);
  }

  /** @param {DragEvent} event */
  #entered({ dataTransfer }) {
    const isCovered = document.querySelector("dialog[open]");
    if (hasFiles(dataTransfer) && this.#isOpen() && !isCovered) this.#show(true);
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (!this.#target.hidden) this.#unpack(/** @type {DataTransfer} */ (event.dataTransfer));
    this.#show(false);
  }

  /** A folder looks like a file that cannot be read. @param {DataTransfer} data */
  #unpack({ items }) {
    const given = [...items].filter(({ kind }) => kind === "file");
    const files = given.filter((item) => !item.webkitGetAsEntry()?.isDirectory);
    if (files.length < given.length) notify(this.#words.say("no-folders"));
    this.#take(files.flatMap((item) => item.getAsFile() ?? []));
  }

  /** @param {boolean} shown */
  #show(shown) {
    this.#target.hidden = !shown;
  }
}

/** @param {DataTransfer | null} data */
function hasFiles(data) {
  return Boolean(data?.types.includes("Files"));
}
