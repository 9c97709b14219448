// @ts-check
import { once } from "../lib/batch.js";
import { arrange, byId, setText } from "./dom.js";
import { Lines } from "./lines.js";
import { DayView, MessageView, NewView } from "./message.js";
import { Roving } from "./roving.js";
import { Scroller } from "./scroller.js";

/** The current room's lines: drawn, scrolled, and reported as seen. */
export class TimelineView {
  #chat;
  #words;
  #dates;
  #list = byId("lines");
  #lines;
  #scroller;
  #roving;
  /** @type {Map<string, any>} */
  #views = new Map();
  /** @type {Timeline | null} */
  #timeline = null;
  /** Until the room has come, each drawing scrolls to where reading begins. */
  #placing = false;

  /** @param {Chat} chat @param {any} words @param {any} dates */
  constructor(chat, words, dates) {
    this.#chat = chat;
    this.#words = words;
    this.#dates = dates;
    this.#lines = new Lines(chat.me, (date) => dates.dayOf(date));
    dates.explain(this.#list);
    this.#roving = new Roving(this.#list);
    this.draw = once(() => this.#draw());
    this.#scroller = new Scroller(byId("timeline"), this.#list, once(() => this.#moved()));
    document.addEventListener("visibilitychange", () => this.#moved());
    byId("jump").addEventListener("click", () => this.toNewest());
    byId("load-again").addEventListener("click", () => this.retry());
  }

  /** Another room, or the same one anew. */
  enter() {
    this.#views.clear();
    this.#placing = true;
    this.#draw();
  }

  toNewest() {
    this.#scroller.toBottom();
    this.#moved();
  }

  /** Loads again what could not be loaded. */
  retry() {
    const room = this.#chat.current;
    if (room?.failed) this.#load(room);
  }

  /** @param {string} state @param {number | null} position the message being edited */
  highlight(state, position) {
    for (const line of this.#list.querySelectorAll(`.${state}`)) line.classList.remove(state);
    this.#list.querySelector(`[data-position="${position}"]`)?.classList.add(state);
  }

  /** @param {number} position */
  focus(position) {
    /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-position="${position}"]`))?.focus();
  }

  #draw() {
    const room = this.#chat.current;
    if (!room) return;
    if (this.#timeline !== room.timeline) this.#placing = true;
    this.#timeline = room.timeline;
    this.#scroller.steady(() => this.#drawLines(room));
    if (this.#placing) this.#place(room);
    this.#moved();
  }

  /** @param {Room} room */
  #drawLines(room) {
    const lines = this.#lines.of(room, this.#chat.outbox.entries(room.id));
    const views = lines.map((line) => this.#view(line));
    this.#views = new Map(lines.map((line, index) => [line.id, views[index]]));
    arrange(this.#list, views.map((view) => view.root));
    this.#roving.settle();
    this.#drawTop(room);
  }

  /** @param {any} line */
  #view(line) {
    const view = this.#views.get(line.id) ?? this.#make(line.kind);
    view.update(line);
    return view;
  }

  /** @param {string} kind */
  #make(kind) {
    if (kind === "day") return new DayView(this.#dates);
    if (kind === "new") return new NewView();
    return new MessageView(this.#words, this.#dates);
  }

  /** @param {Room} room */
  #drawTop(room) {
    const { loaded, more } = room.timeline;
    const loading = this.#chat.history.loading(room);
    setText(byId("beginning"), this.#words.say("beginning", { name: room.name }));
    byId("beginning").hidden = !loaded || more;
    byId("loading").hidden = !loading;
    byId("load-failed").hidden = loading || !room.failed;
  }

  /** @param {Room} room */
  #place(room) {
    const stop = this.#views.get("new")?.root;
    if (stop) this.#scroller.show(stop);
    else this.#scroller.toBottom();
    this.#placing = !room.timeline.loaded || this.#chat.history.loading(room);
  }

  #moved() {
    const room = this.#chat.current;
    if (!room?.timeline.loaded || this.#placing) return;
    const visible = document.visibilityState === "visible";
    const last = this.#scroller.lastInView()?.dataset.position;
    this.#chat.look(visible && this.#scroller.atBottom);
    if (visible && last) this.#chat.seen(room, Number(last));
    this.#offerJump(room);
    const busy = room.failed || this.#chat.history.loading(room);
    if (this.#scroller.nearTop && room.timeline.more && !busy) this.#load(room);
  }

  /** @param {Room} room */
  #load(room) {
    if (room.timeline.loaded) this.#chat.history.older(room);
    else this.#chat.load(room);
  }

  /** @param {Room} room */
  #offerJump(room) {
    byId("jump").hidden = this.#scroller.atBottom;
    const label = room.unread ? this.#words.count("jump", room.unread) : this.#words.say("to-newest");
    setText(byId("jump-label"), label);
  }
}
