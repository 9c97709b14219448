// @ts-check
import { once } from "../lib/batch.js";
import { arrange, byId, setText } from "./dom.js";
import { Lines } from "./lines.js";
import { DayView, GapView, MessageView, NewView } from "./message.js";
import { dropFragment } from "./navigation.js";
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
  #drawn;

  /** @param {Chat} chat @param {any} words @param {any} dates @param {() => void} drawn */
  constructor(chat, words, dates, drawn) {
    this.#chat = chat;
    this.#words = words;
    this.#dates = dates;
    this.#lines = new Lines(chat, (date) => dates.dayOf(date));
    dates.explain(this.#list);
    this.#roving = new Roving(this.#list);
    this.#drawn = drawn;
    this.draw = once(() => this.#draw());
    this.#scroller = new Scroller(byId("timeline"), this.#list, once(() => this.#moved()));
    document.addEventListener("visibilitychange", () => this.#moved());
    chat.on("rooms", () => chat.current && this.#countJump(chat.current)); // read on another device
    byId("jump").addEventListener("click", () => this.toNewest());
    for (const again of edges("again")) again.addEventListener("click", () => this.retry());
  }

  /** Another room, or the same one anew. */
  enter() {
    this.#views.clear();
    this.#placing = true;
    this.#draw();
  }

  async toNewest() {
    const room = this.#chat.current;
    dropFragment();
    this.#scroller.toBottom();
    if (room) await this.#chat.toNewest(room);
    this.#draw();
    this.#scroller.toBottom();
    this.#moved();
  }

  /** A message that was asked for. @param {number} position */
  show(position) {
    this.#drawAll();
    const line = this.#line(position);
    if (!line) return;
    this.#placing = false;
    this.#scroller.show(line);
    this.highlight("message--visited", position);
    line.focus({ preventScroll: true });
    this.#moved();
  }

  /** Loads again what could not be loaded. */
  retry() {
    const room = this.#chat.current;
    if (!room?.failed) return;
    room.failed = false;
    if (room.timeline.loaded && room.goal === null) this.#moved();
    else this.#chat.load(room);
  }

  /** @param {string} state @param {number | null} position the message being edited, or led to */
  highlight(state, position) {
    for (const line of this.#list.querySelectorAll(`.${state}`)) line.classList.remove(state);
    this.#line(position)?.classList.add(state);
  }

  /** @param {number} position */
  focus(position) {
    this.#line(position)?.focus();
  }

  /** @param {number | null} position @returns {HTMLElement | null} */
  #line(position) {
    return this.#list.querySelector(`[data-position="${position}"]`);
  }

  #draw() {
    const room = this.#drawAll();
    if (room && this.#placing) this.#place(room);
    this.#list.classList.toggle("timeline__lines--placing", room !== null && this.#placing && this.#chat.history.loading(room));
    this.#moved();
  }

  #drawAll() {
    const room = this.#chat.current;
    if (!room) return null;
    if (this.#timeline !== room.timeline) this.#placing = true;
    this.#timeline = room.timeline;
    this.#scroller.ends = room.timeline.reachesNewest;
    this.#scroller.steady(() => this.#drawLines(room));
    return room;
  }

  /** @param {Room} room */
  #drawLines(room) {
    const lines = this.#lines.of(room, this.#chat.outbox.entries(room.id));
    const views = lines.map((line) => this.#view(line));
    this.#views = new Map(lines.map((line, index) => [line.id, views[index]]));
    arrange(this.#list, views.map((view) => view.root));
    this.#roving.settle();
    this.#drawn();
    this.#drawEdges(room);
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
    if (kind === "gap") return new GapView();
    return new MessageView(this.#words, this.#dates);
  }

  /** @param {Room} room */
  #drawEdges(room) {
    const { loaded, more, reachesNewest } = room.timeline;
    const loading = this.#chat.history.loading(room);
    setText(byId("beginning"), this.#words.say("beginning", { name: room.name }));
    byId("beginning").hidden = !loaded || more;
    byId("timeline-bottom").hidden = reachesNewest;
    for (const edge of edges("loading")) edge.hidden = !loading;
    for (const edge of edges("failed")) edge.hidden = loading || !room.failed;
  }

  /** @param {Room} room */
  #place(room) {
    const stop = this.#line(room.place) ?? this.#views.get("new")?.root ?? (isBeyond(room) && this.#list.firstElementChild);
    if (stop) this.#scroller.show(stop);
    else this.#scroller.toBottom();
    this.#placing = !room.timeline.loaded || this.#chat.history.loading(room) || room.goal !== null;
  }

  #moved() {
    const room = this.#chat.current;
    if (!room?.timeline.loaded || this.#placing || room.goal !== null) return;
    const visible = document.visibilityState === "visible";
    const [first, last] = [this.#scroller.firstInView(), this.#scroller.lastInView()].map(positionOf);
    this.#chat.look(visible && this.#scroller.atBottom, room.timeline.reachesNewest ? null : first);
    if (visible && last) this.#chat.seen(room, first, last);
    this.#offerJump(room);
    if (!room.failed && !this.#chat.history.loading(room)) this.#loadMore(room);
  }

  /** @param {Room} room */
  #loadMore(room) {
    if (this.#scroller.nearTop && room.timeline.more) this.#chat.history.older(room);
    else if (this.#scroller.nearBottom) this.#chat.history.newer(room);
  }

  /** @param {Room} room */
  #offerJump(room) {
    byId("jump").hidden = this.#scroller.atBottom;
    this.#countJump(room);
  }

  /** @param {Room} room */
  #countJump(room) {
    const label = room.unread ? this.#words.count("jump", room.unread) : this.#words.say("to-newest");
    setText(byId("jump-label"), label);
  }
}

/** Whether the first unread message lies above what is shown. @param {Room} room */
function isBeyond({ stoppedAt, timeline }) {
  return stoppedAt !== null && timeline.loaded && timeline.floor > stoppedAt + 1;
}

/** What stands above the lines and below them alike. @param {string} name @returns {NodeListOf<HTMLElement>} */
function edges(name) {
  return document.querySelectorAll(`[data-edge=${name}]`);
}

/** @param {HTMLElement | undefined} line */
function positionOf(line) {
  return Number(line?.dataset.position);
}
