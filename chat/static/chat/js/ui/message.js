// @ts-check
import { dressAvatar } from "./avatar.js";
import { clone, setText } from "./dom.js";
import { fileOf } from "./files.js";
import { QuoteView } from "./quote.js";
import { ReactionsView } from "./reactions.js";
import { putSanitisedHtml } from "./sanitised_html.js";

/** Then there is no toolbar. */
const IS_TOUCHED = matchMedia("(hover: none)").matches;

/** A message of the timeline, or a post on its way to become one. */
export class MessageView {
  #parts;
  #words;
  #dates;
  /** @type {object | undefined} */
  #source;
  /** @type {boolean | undefined} */
  #grouped;
  /** @type {Entry | undefined} */
  #entry;
  /** @type {Message | undefined} */
  #original;
  /** @type {QuoteView | null} */
  #quote = null;
  /** @type {Reaction[] | undefined} */
  #reactions;
  /** @type {ReactionsView | null} */
  #reactionsView = null;
  /** @type {string | null} */
  #content = null;
  #shownFiles = "";
  /** @type {{id: string, root: HTMLElement, parts: Record<string, any>} | null} */
  #offered = null;

  /** @param {any} words @param {any} dates */
  constructor(words, dates) {
    const { root, parts } = clone("line-message");
    this.root = root;
    this.#parts = parts;
    this.#words = words;
    this.#dates = dates;
    if (IS_TOUCHED) parts.more.dataset.stop = "";
  }

  /** @param {any} line */
  update(line) {
    if (this.#grouped !== line.grouped) this.#group(line.grouped);
    if (this.#reactions !== line.reactions) this.#showReactions(line.reactions);
    if (this.#source === line.source && this.#entry === line.entry && this.#original === line.original) return;
    this.#source = line.source;
    this.#entry = line.entry;
    this.#original = line.original;
    const focused = this.root.contains(document.activeElement);
    this.#mark(line);
    this.#showHead(line);
    this.#showQuote(line);
    this.#showBody(line.shown);
    this.#showFiles(line.shown);
    this.#offer(line.shown);
    if (focused && !this.root.contains(document.activeElement)) this.root.focus({ preventScroll: true }); // what had it is gone
  }

  /** Whoever wrote the line above as well is not shown again, and is no stop that nobody sees. @param {boolean} grouped */
  #group(grouped) {
    this.#grouped = grouped;
    this.root.classList.toggle("message--grouped", grouped);
    this.#parts.author.toggleAttribute("data-stop", !grouped);
    this.#parts.author.tabIndex = -1;
  }

  /** What styles, actions and tests go by. @param {any} line */
  #mark({ shown, own }) {
    const { dataset } = this.root;
    dataset.state = shown.state;
    dataset.key = shown.key;
    dataset.position = shown.position ?? "";
    dataset.change = shown.change ?? "";
    dataset.own = String(own);
  }

  /** @param {any} line */
  #showHead({ shown, date }) {
    const { avatar, author, time, "side-time": side, edited, going } = this.#parts;
    dressAvatar(avatar, shown.author);
    setText(author, this.#words.nameOf(shown.author));
    author.dataset.person = avatar.dataset.person;
    author.disabled = !shown.author?.id;
    for (const element of [time, side]) {
      element.dateTime = shown.created;
      setText(element, this.#dates.time(date));
    }
    edited.hidden = !shown.edited || shown.deleted;
    going.hidden = shown.change !== "delete" || shown.state === "failed" || shown.deleted;
    edited.dateTime = shown.edited ?? "";
    edited.title = "";
  }

  /** @param {any} line */
  #showQuote({ shown, original }) {
    if (!shown.reply_to) return this.#quote?.root.remove();
    this.#quote ??= new QuoteView(this.#words);
    this.#quote.update(shown, original);
    this.#parts.body.parentElement.before(this.#quote.root);
  }

  /** @param {any} shown */
  #showBody({ deleted, html, text }) {
    const { body } = this.#parts;
    const content = deleted ? "deleted" : text === null ? `html:${html}` : `text:${text}`;
    if (content === this.#content) return;
    this.#content = content;
    body.classList.toggle("prose--plain", text !== null);
    if (deleted) body.replaceChildren(clone("tombstone").root);
    else if (text === null) this.#showHtml(html);
    else body.textContent = text;
  }

  /** The same files stay as they are: a picture that was drawn anew would flicker. @param {any} shown */
  #showFiles({ deleted, attachments }) {
    const { files } = this.#parts;
    const wanted = deleted ? [] : attachments;
    const ids = wanted.map((/** @type {Attachment} */ { id }) => id).join();
    if (ids === this.#shownFiles) return;
    this.#shownFiles = ids;
    files.replaceChildren(...wanted.map((/** @type {Attachment} */ file) => fileOf(file, this.#words)));
    files.hidden = wanted.length === 0;
    for (const link of files.querySelectorAll("[data-stop]")) link.tabIndex = this.root.tabIndex;
  }

  /** @param {Reaction[] | undefined} reactions those of a message that has come */
  #showReactions(reactions) {
    this.#reactions = reactions;
    if (!this.#reactionsView && !reactions?.length) return;
    this.#reactionsView ??= new ReactionsView(this.#parts.files, this.#words);
    this.#reactionsView.update(reactions ?? []);
  }

  /** @param {string} html */
  #showHtml(html) {
    putSanitisedHtml(this.#parts.body, html);
    for (const mention of this.#parts.body.querySelectorAll(".mention:not([data-user=all])")) {
      Object.assign(mention, { role: "button", tabIndex: this.root.tabIndex });
      Object.assign(mention.dataset, { open: "person", stop: "" });
    }
  }

  /** What to do about a line that failed. @param {any} shown */
  #offer(shown) {
    const wanted = shown.state === "failed" ? `failed-${shown.change}` : null;
    this.#parts.more.hidden = shown.state !== "settled" && (wanted !== null || shown.change !== "edit");
    if ((this.#offered?.id ?? null) !== wanted) {
      this.#offered?.root.remove();
      this.#offered = wanted ? { id: wanted, ...clone(wanted) } : null;
      if (this.#offered) this.root.append(this.#offered.root);
    }
    if (shown.state === "failed") this.#explain(shown);
  }

  /** @param {any} shown */
  #explain({ error, refused: text }) {
    const { reason, refused } = this.#offered?.parts ?? {};
    setText(reason, this.#words.reason(error));
    if (!refused) return;
    setText(refused, text);
    refused.hidden = !text;
  }
}

/** The line above a day's first message. */
export class DayView {
  #label;
  #dates;
  /** The day on which it was written: tomorrow, "Today" is "Yesterday". */
  #written = "";

  /** @param {any} dates */
  constructor(dates) {
    const { root, parts } = clone("line-day");
    this.root = root;
    this.#label = parts.label;
    this.#dates = dates;
  }

  /** @param {any} line */
  update({ date }) {
    const today = this.#dates.dayOf(new Date());
    if (today === this.#written) return;
    this.#written = today;
    setText(this.#label, this.#dates.day(date));
  }
}

/** The line where one stopped reading. */
export class NewView {
  root = clone("line-new").root;

  update() {}
}

/** Between a window further back and what one writes there: messages that are not shown. */
export class GapView {
  root = clone("line-gap").root;

  update() {}
}
