// @ts-check

/**
 * What the browser keeps for one person, over reloads and sign-outs.
 * Each value has a key of its own, so that several tabs never overwrite each other's.
 * Where storage is refused (a private window, a full disk) the page's memory serves as long as it is open.
 */
export class Shelf {
  #prefix;
  /** @type {Map<string, string>} */
  #memory = new Map();

  /** @param {string} name @param {number} owner */
  constructor(name, owner) {
    this.#prefix = `prosa:${name}:${owner}:`;
  }

  /** @param {string | number} key @returns {any} */
  get(key) {
    const name = this.#prefix + key;
    return parse(this.#memory.get(name) ?? stored((storage) => storage.getItem(name)));
  }

  /** @param {string | number} key @param {unknown} value */
  set(key, value) {
    const name = this.#prefix + key;
    const text = JSON.stringify(value);
    const kept = stored((storage) => (storage.setItem(name, text), true));
    if (kept) this.#memory.delete(name);
    else this.#memory.set(name, text);
  }

  /** @param {string | number} key */
  remove(key) {
    const name = this.#prefix + key;
    this.#memory.delete(name);
    stored((storage) => storage.removeItem(name));
  }

  all() {
    const names = stored((storage) => Object.keys(storage)) ?? [];
    return [...new Set([...names, ...this.#memory.keys()])]
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => this.get(name.slice(this.#prefix.length)))
      .filter((value) => value !== null);
  }

  /** Changes that other tabs made. @param {(key: string, value: any) => void} listener */
  watch(listener) {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.#prefix)) {
        listener(event.key.slice(this.#prefix.length), parse(event.newValue));
      }
    });
  }
}

/** @template T @param {(storage: Storage) => T} use @returns {T | null} */
function stored(use) {
  try {
    return use(localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** @param {string | null | undefined} text */
function parse(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
