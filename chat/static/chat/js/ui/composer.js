// @ts-check
import { byId, setText } from "./dom.js";
import { LastLine } from "./last_line.js";
import { Picker } from "./picker.js";
import { ReplyStrip } from "./reply.js";
import { notify } from "./status.js";
import { Tray } from "./tray.js";

// To measure the text, the browser has to lay out the page at each key.
const SIZES_ITSELF = CSS.supports("field-sizing", "content");

/** Where one writes: a new message, or another text for one of one's own. */
export class Composer {
  #chat;
  #words;
  #handlers;
  #form = byId("composer");
  #input = /** @type {HTMLTextAreaElement} */ (byId("body"));
  #note = byId("composer-note");
  #reply;
  #tray;
  #lastLine;
  /** @type {number | null} */
  #editing = null;
  /** By room, what was to be sent, and goes as soon as its files are there. @type {Map<number, string>} */
  #eager = new Map();

  /**
   * @param {Chat} chat @param {any} words
   * @param {{newest: () => Promise<void>, editing: (position: number | null) => void, emptied: (message: Message) => void}} handlers
   */
  constructor(chat, words, handlers) {
    this.#chat = chat;
    this.#words = words;
    this.#handlers = handlers;
    this.#lastLine = new LastLine(chat, words, { newest: handlers.newest, edit: (message) => this.edit(message) });
    this.#reply = new ReplyStrip(chat, words, () => this.focus());
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    });
    byId("cancel-edit").addEventListener("click", () => this.cancel());
    this.#tray = new Tray(chat.uploads, words);
    new Picker(this.#input, words, (files) => this.#attach(files), () => Boolean(this.#room) && this.#editing === null);
    chat.uploads.on("changed", (room) => this.#filesChanged(room));
  }

  get #room() {
    return this.#chat.current;
  }

  get editing() {
    return this.#editing;
  }

  /** @param {Room} room */
  enter(room) {
    const edit = this.#chat.drafts.edit(room.id);
    setText(byId("body-label"), this.#words.say("write-to", { name: room.name }));
    this.#input.placeholder = this.#words.say("write-to", { name: room.name });
    this.#show(edit?.position ?? null, edit?.text ?? this.#chat.drafts.text(room.id));
  }

  focus() {
    this.#input.focus();
  }

  /** @param {Message} message */
  edit(message) {
    if (!this.#room) return;
    const { position } = message;
    const text = this.#chat.own.textOf(this.#room, message);
    this.#chat.drafts.keepEdit(this.#room.id, { position, text });
    this.#show(position, text);
    this.focus();
  }

  /** @param {Message} message */
  answer(message) {
    this.cancel();
    if (this.#room) this.#reply.begin(this.#room, message);
    this.focus();
  }

  cancel() {
    if (!this.#room || this.#editing === null) return;
    this.#chat.drafts.keepEdit(this.#room.id, null);
    this.#show(null, this.#chat.drafts.text(this.#room.id));
    this.focus();
  }

  /** @param {number | null} position @param {string} text */
  #show(position, text) {
    this.#editing = position;
    this.#lastLine.forget();
    this.#input.value = text;
    byId("editing").hidden = position === null;
    byId("attach").disabled = position !== null;
    this.#drawFiles();
    this.#reply.show(position !== null);
    this.#handlers.editing(position);
    this.#fit();
  }

  #changed() {
    this.#lastLine.forget();
    if (!this.#room) return;
    const text = this.#input.value;
    if (this.#editing === null) this.#keep(this.#room, text);
    else this.#chat.drafts.keepEdit(this.#room.id, { position: this.#editing, text });
    if (text.trim() && this.#editing === null) this.#chat.typing.tell(this.#room.id);
    this.#fit();
  }

  /** @param {Room} room @param {string} text */
  #keep({ id }, text) {
    this.#chat.drafts.keepText(id, text);
    if (this.#eager.has(id)) this.#eager.set(id, trimmed(text));
  }

  #fit() {
    if (!SIZES_ITSELF) this.#grow();
    setText(this.#note, this.#warning());
  }

  #warning() {
    const over = this.#over(this.#input.value);
    if (over > 0) return this.#words.count("too-long", over);
    const waits = this.#editing === null && this.#room && this.#eager.has(this.#room.id);
    return waits ? this.#words.say("files-wait") : "";
  }

  #grow() {
    this.#input.style.blockSize = "auto";
    this.#input.style.blockSize = `${this.#input.scrollHeight}px`;
  }

  /** The server counts characters, not the halves that they may be stored in. @param {string} text */
  #over(text) {
    const limit = this.#chat.limits.body;
    return text.length <= limit ? 0 : [...text].length - limit;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Enter and the arrows belong to the input method while it composes; Safari says so by 229 alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape") {
      if (this.#editing === null) this.#reply.cancel();
      this.cancel();
    } else if (event.key === "ArrowUp" && this.#input.value === "" && this.#editing === null) {
      event.preventDefault();
      this.#lastLine.edit();
    }
  }

  #submit() {
    const body = trimmed(this.#input.value);
    if (!this.#room || this.#over(this.#input.value) > 0) return;
    if (this.#editing !== null) this.#save(this.#room, this.#editing, body);
    else this.#post(this.#room, body);
  }

  /** @param {Room} room one may be in another by now @param {string} body */
  #post(room, body) {
    if (this.#awaits(room, body)) this.#fit();
    else if (body || this.#chat.uploads.of(room.id).length) this.#send(room, body);
  }

  /** Whether some of its files are still on their way, or did not make it. @param {Room} room @param {string} body */
  #awaits({ id, name }, body) {
    const { uploads } = this.#chat;
    this.#eager.delete(id);
    const failed = this.#words.say("files-failed");
    if (uploads.isFailing(id)) notify(id === this.#room?.id ? failed : this.#words.say("said", { name, text: failed }));
    else if (!uploads.isReady(id)) this.#eager.set(id, body);
    return !uploads.isReady(id);
  }

  /** @param {File[]} files */
  #attach(files) {
    if (!this.#room || files.length === 0) return;
    this.#chat.uploads.add(this.#room.id, files);
    this.focus();
  }

  #drawFiles() {
    this.#tray.draw(this.#editing === null ? this.#room : null);
  }

  /** @param {number} id */
  #filesChanged(id) {
    if (id === this.#room?.id) this.#drawFiles();
    const room = this.#chat.rooms.get(id);
    const body = this.#eager.get(id);
    if (room && body !== undefined && this.#over(body) <= 0) this.#post(room, body);
  }

  /** @param {Room} room @param {string} body */
  #send(room, body) {
    this.#chat.send(room, body, this.#reply.take(room));
    this.#chat.drafts.keepText(room.id, "");
    if (room !== this.#room || this.#editing !== null) return; // something else is written there now
    this.#show(null, "");
    this.#handlers.newest();
  }

  /** @param {Room} room @param {number} position @param {string} body */
  #save(room, position, body) {
    const message = room.timeline.at(position);
    if (body) {
      this.#chat.own.edit(room, position, body);
      this.cancel();
    } else if (message) {
      this.#handlers.emptied(message);
    } else {
      setText(this.#note, this.#words.reason("empty_body"));
    }
  }
}

/** Without empty lines before it, and anything empty behind it. @param {string} text */
function trimmed(text) {
  return text.replace(/^(?:[^\S\n]*\n)+|\s+$/g, "");
}
