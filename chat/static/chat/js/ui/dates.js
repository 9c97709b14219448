// @ts-check

const DAY_MS = 86_400_000;

/** Dates and times in the reader's zone and the page's language. */
export class Dates {
  #language;
  #day;
  #dayAndYear;
  #time;
  #full;
  #relative;

  /** @param {string} page the page's language: the reader's own variety of it decides between 24 hours and 12 */
  constructor(page) {
    const [base] = page.split("-");
    const language = navigator.languages.find((own) => own.split("-")[0] === base) ?? page;
    const day = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long" });
    this.#language = language;
    this.#day = new Intl.DateTimeFormat(language, day);
    this.#dayAndYear = new Intl.DateTimeFormat(language, { ...day, year: "numeric" });
    this.#time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
    this.#full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  }

  /** @param {Date} date */
  time(date) {
    return this.#time.format(date);
  }

  /** @param {Date} date */
  full(date) {
    return this.#full.format(date);
  }

  /** The day of the reader's calendar. @param {Date} date */
  dayOf(date) {
    return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
  }

  /** @param {Date} date */
  day(date) {
    const ago = Math.round((midnight(new Date()) - midnight(date)) / DAY_MS);
    return ago === 0 || ago === 1 ? this.#capitalised(this.#relative.format(-ago, "day")) : this.#named(date);
  }

  untilMidnight() {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
  }

  /** @param {Date} date */
  #named(date) {
    const thisYear = date.getFullYear() === new Date().getFullYear();
    return this.#capitalised((thisYear ? this.#day : this.#dayAndYear).format(date));
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
