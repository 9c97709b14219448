// @ts-check
import { Actions } from "./actions.js";
import { dressAvatar } from "./avatar.js";
import { copyText } from "./clipboard.js";
import { Composer } from "./composer.js";
import { DeleteDialog } from "./confirm.js";
import { Dates } from "./dates.js";
import { byId } from "./dom.js";
import { closeOnLeave, Drawer } from "./drawer.js";
import { Doors } from "./doors.js";
import { openPictures } from "./gallery.js";
import { heedHelpKey } from "./help_key.js";
import { addressOf, goToFrontDoor, goToSignIn, Navigation } from "./navigation.js";
import { Outside } from "./outside.js";
import { markMentionsOf } from "./own_mentions.js";
import { PeopleView } from "./people.js";
import { plainText } from "./plain_text.js";
import { RoomBar } from "./room_bar.js";
import { Sidebar } from "./sidebar.js";
import { SignOut } from "./sign_out.js";
import { announce, notify, showTitle, showTyping, StateBar } from "./status.js";
import { StrayView } from "./stray.js";
import { TimelineView } from "./timeline.js";
import { Words } from "./words.js";
import { Assist } from "./writing/assist.js";

const SPOKEN = 500; // characters of a new message that are read out

/** The whole page: what changes in the chat is shown, what the person does is handed to the chat. */
export class Page {
  #chat;
  #site;
  #words = new Words(byId("words"), document.documentElement.lang);
  #dates = new Dates(document.documentElement.lang, this.#words);
  #drawer = new Drawer();
  #sidebar = new Sidebar(this.#words);
  #stray;
  #actions;
  #timeline;
  #composer;
  #dialog;
  #doors;
  #bar;
  #outside;
  #navigation = new Navigation((room, position) => this.#go(room, position));
  /** @type {Room | null} */
  #entered = null;

  /** @param {Chat} chat @param {Connection} connection @param {string} site */
  constructor(chat, connection, site) {
    this.#chat = chat;
    this.#site = site;
    this.#doors = new Doors(chat, this.#words, (room, position) => this.#navigation.go(room, position));
    this.#bar = new RoomBar(chat, this.#words, site, this.#doors);
    this.#outside = new Outside(chat, this.#words, this.#doors);
    new PeopleView(chat, this.#words);
    this.#stray = new StrayView(chat);
    this.#actions = new Actions(chat, this.#words, {
      react: (message, from) => this.#react(message, from),
      copy: (message) => this.#copy("text-copied", message.body),
      link: ({ room, position }) => this.#copy("link-copied", new URL(addressOf(room, position), location.href).href),
      reply: (message) => this.#composer.answer(message),
      edit: (message) => this.#composer.edit(message),
      delete: (message) => this.#askToDelete(message),
    });
    this.#timeline = new TimelineView(chat, this.#words, this.#dates, () => this.#actions.refresh());
    this.#dialog = new DeleteDialog(chat, (position) => this.#deleted(position));
    this.#composer = new Composer(chat, this.#words, {
      newest: () => this.#timeline.toNewest(),
      editing: (position) => this.#timeline.highlight("message--edited", position),
      emptied: (message) => this.#askToDelete(message),
    });
    dressAvatar(byId("own-avatar"), chat.me);
    markMentionsOf(chat.me.id);
    new Assist({ chat, words: this.#words });
    closeOnLeave(byId("menu"));
    new SignOut(chat, this.#words);
    openPictures(byId("lines"));
    heedHelpKey(chat, this.#doors);
    this.#listen(connection);
    this.#awaitMidnight();
    this.#drawRooms();
  }

  /** @param {number} id @param {number | null} position @param {HistoryPage | null} [page] */
  enter(id, position, page) {
    const room = this.#chat.rooms.get(id);
    if (!room) return false;
    this.#drawer.close();
    this.#entered = room;
    this.#chat.enter(id, position, page);
    this.#timeline.enter();
    this.#composer.enter(room);
    this.#drawTyping();
    if (matchMedia("(hover: hover)").matches) this.#composer.focus();
    return true;
  }

  /** @param {number} id @param {number | null} position */
  #go(id, position) {
    const { current } = this.#chat;
    if (current?.id !== id || position === null) return this.enter(id, position);
    this.#chat.visit(current, position);
    return true;
  }

  /** @param {Connection} connection */
  #listen(connection) {
    const chat = this.#chat;
    const bar = new StateBar(this.#words.say("connecting"));
    connection.on("offline", () => bar.lost());
    connection.on("online", () => (bar.back(), this.#timeline.retry()));
    connection.on("signed-out", goToSignIn);
    chat.on("signed-out", goToSignIn);
    connection.on("stranger", goToFrontDoor);
    chat.on("rooms", () => (this.#drawRooms(), this.#stayInARoom()));
    chat.on("timeline", (room) => room === chat.current?.id && this.#timeline.draw());
    chat.on("visited", (visit) => visit.room === chat.current && this.#visited(visit));
    chat.on("typing", (room) => room === chat.current?.id && this.#drawTyping());
    chat.on("arrived", (arrival) => this.#announce(arrival));
    chat.on("reaction-refused", (code) => notify(this.#words.reason(code === "forbidden" ? "reactions_full" : code)));
    addEventListener("pagehide", () => chat.reading.leave());
    // Brought back by the Back button, with its socket long closed.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("beforeunload", (event) => chat.uploads.busy && event.preventDefault());
    addEventListener("offline", () => connection.lose());
    addEventListener("online", () => connection.nudge());
    document.addEventListener("visibilitychange", () => !document.hidden && connection.nudge());
  }

  #drawRooms() {
    const { rooms, current } = this.#chat;
    this.#sidebar.draw(rooms.values(), current, this.#chat.failing());
    this.#stray.draw();
    for (const id of ["stage", "composer"]) byId(id).hidden = !current;
    byId("empty").hidden = this.#outside.draw() || Boolean(current);
    this.#bar.draw();
    const counted = [...rooms.values()].filter((room) => room.notify !== "none");
    const unread = counted.reduce((sum, room) => sum + room.unread, 0);
    const called = counted.reduce((sum, room) => sum + room.counted, 0);
    byId("unread-elsewhere").hidden = unread <= (current?.unread ?? 0);
    showTitle({ unread, called }, current?.name, this.#site);
  }

  /** Who is taken out of a room, or is brought into the first one, is shown another, and does not write on there unawares. */
  #stayInARoom() {
    if (this.#chat.current || this.#outside.stands) return;
    if (this.#entered) notify(this.#words.say("room-gone", { name: this.#entered.name }));
    this.#entered = null;
    const [first] = [...this.#chat.rooms.keys()].sort((a, b) => this.#chat.recent.at(b) - this.#chat.recent.at(a));
    if (first === undefined) return;
    this.#navigation.replace(first);
    byId("content").focus();
  }

  /** @param {{position: number, found: boolean}} visit */
  #visited({ position, found }) {
    if (found) return this.#timeline.show(position);
    notify(this.#words.say("no-such-message"));
    this.#timeline.draw();
  }

  #drawTyping() {
    const { current, typing } = this.#chat;
    if (current) showTyping(typing.names(current.id), this.#words);
  }

  /** @param {{room: Room, message: Message}} arrival */
  #announce({ room, message }) {
    if (room !== this.#chat.current || this.#chat.own.has(message)) return;
    const name = this.#words.nameOf(message.author);
    announce(this.#words.say("said", { name, text: plainText(message, SPOKEN) }));
  }

  /** @param {string} word @param {string} text */
  async #copy(word, text) {
    notify(this.#words.say((await copyText(text)) ? word : "not-copied"));
  }

  /** @param {Message} message */
  #askToDelete(message) {
    if (this.#chat.current) this.#dialog.ask(this.#chat.current, message);
  }

  /** With the emoji that was pressed, or one that is chosen then. @param {Message} message @param {HTMLElement} from */
  #react(message, from) {
    const { emoji } = from.dataset;
    if (emoji) this.#chat.reactions.toggle(message, emoji);
    else this.#doors.open("emoji", { message, from });
  }

  /** @param {number} position */
  #deleted(position) {
    if (this.#composer.editing === position) this.#composer.cancel();
    else this.#timeline.focus(position); // the button that was pressed goes with the message
  }

  /** "Today" becomes "Yesterday" before the reader's eyes. */
  #awaitMidnight() {
    setTimeout(() => {
      this.#timeline.draw();
      this.#awaitMidnight();
    }, this.#dates.untilMidnight() + 1_000);
  }
}
