// @ts-check

const DAY_MS = 86_400_000;

const DAY = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long" });
const FORMATS = /** @type {Record<string, Intl.DateTimeFormatOptions>} */ ({
  time: { hour: "numeric", minute: "2-digit" },
  full: { dateStyle: "full", timeStyle: "short" },
  day: DAY,
  dayAndYear: { ...DAY, year: "numeric" },
});

/** Dates and times in the reader's zone and the page's language. */
export class Dates {
  #language;
  #words;
  /** Made when they are first used: each takes a slow machine a tenth of a second. @type {Map<string, Intl.DateTimeFormat>} */
  #formats = new Map();

  /** @param {string} page the page's language: the reader's own variety of it decides between 24 hours and 12 @param {any} words */
  constructor(page, words) {
    const [base] = page.split("-");
    this.#words = words;
    this.#language = navigator.languages.find((own) => own.split("-")[0] === base) ?? page;
  }

  /** @param {Date} date */
  time(date) {
    return this.#format("time", date);
  }

  /** Tells the whole of a moment to who rests on its time: to write it at each would cost more than all the rest. @param {HTMLElement} root */
  explain(root) {
    root.addEventListener("pointerover", ({ target }) => {
      const time = target instanceof Element && target.closest("time");
      if (time) time.title ||= this.#format("full", new Date(time.dateTime));
    });
  }

  /** The day of the reader's calendar. @param {Date} date */
  dayOf(date) {
    return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
  }

  /** @param {Date} date */
  day(date) {
    const ago = Math.round((midnight(new Date()) - midnight(date)) / DAY_MS);
    const word = ["today", "yesterday"][ago];
    return word ? this.#words.say(word) : this.#named(date);
  }

  untilMidnight() {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
  }

  /** @param {Date} date */
  #named(date) {
    const thisYear = date.getFullYear() === new Date().getFullYear();
    return this.#capitalised(this.#format(thisYear ? "day" : "dayAndYear", date));
  }

  /** @param {string} name @param {Date} date */
  #format(name, date) {
    const format = this.#formats.get(name) ?? new Intl.DateTimeFormat(this.#language, FORMATS[name]);
    this.#formats.set(name, format);
    return format.format(date);
  }

  /** @param {string} text */
  #capitalised(text) {
    return text.charAt(0).toLocaleUpperCase(this.#language) + text.slice(1);
  }
}

/** @param {Date} date */
function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
