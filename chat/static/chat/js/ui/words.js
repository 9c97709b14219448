// @ts-check
import { nameOf } from "./avatar.js";

/** The page's sentences, translated by the server; plural forms by the rules of the page's language. */
export class Words {
  #language;
  /** @type {Intl.PluralRules | undefined} */
  #plural;
  /** @type {Map<string, string>} */
  #words = new Map();

  /** @param {HTMLTemplateElement} template @param {string} language */
  constructor(template, language) {
    this.#language = language;
    for (const { dataset, textContent } of template.content.querySelectorAll("p")) {
      this.#words.set([dataset.word, dataset.form].filter(Boolean).join("/"), textContent ?? "");
    }
  }

  get language() {
    return this.#language;
  }

  /** @param {string} word @param {Record<string, string>} [values] */
  say(word, values = {}) {
    const text = this.#words.get(word) ?? word;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** @param {string} word @param {number} n */
  count(word, n) {
    this.#plural ??= new Intl.PluralRules(this.#language);
    const exact = `${word}/${this.#plural.select(n)}`;
    return this.say(this.#words.has(exact) ? exact : `${word}/other`, { n: String(n) });
  }

  /** @param {Person | null} person */
  nameOf(person) {
    return person?.id ? nameOf(person) : this.say("former");
  }

  /** Why something was refused. @param {string} code */
  reason(code) {
    const word = `refused-${code}`;
    return this.say(this.#words.has(word) ? word : "refused-other");
  }
}
