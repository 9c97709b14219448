// @ts-check
import { byId } from "./dom.js";

/** Three ways to choose files: to pick, to paste and to drop them. */
export class Picker {
  #take;
  #isOpen;
  #input = /** @type {HTMLInputElement} */ (byId("file-input"));
  #target = byId("drop");

  /**
   * @param {HTMLElement} field where one writes
   * @param {(files: File[]) => void} take @param {() => boolean} isOpen whether files can go with what is written now
   */
  constructor(field, take, isOpen) {
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
    this.#take([...clipboardData.files]);
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
    if (!this.#target.hidden) this.#take(filesOf(/** @type {DataTransfer} */ (event.dataTransfer)));
    this.#show(false);
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

/** A folder looks like a file that cannot be read. @param {DataTransfer} data */
function filesOf({ items }) {
  return [...items].flatMap((item) => (item.webkitGetAsEntry()?.isDirectory ? [] : (item.getAsFile() ?? [])));
}
