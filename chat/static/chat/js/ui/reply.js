// @ts-check
import { byId, setText } from "./dom.js";
import { quoteOf } from "./quote.js";

/** Above the composer, the message that one is about to answer. It is kept with the draft. */
export class ReplyStrip {
  #chat;
  #words;
  #root = byId("replying");
  #isEditing = false;

  /** @param {Chat} chat @param {any} words @param {() => void} cancelled */
  constructor(chat, words, cancelled) {
    this.#chat = chat;
    this.#words = words;
    chat.on("timeline", (room) => room === chat.current?.id && this.#draw());
    byId("cancel-reply").addEventListener("click", () => (this.cancel(), cancelled()));
  }

  /** @param {Room} room @param {Message} message */
  begin(room, { position }) {
    this.#chat.drafts.keepReply(room.id, position);
    this.#draw();
  }

  /** Beside the text that is to replace another there is no answer. @param {boolean} isEditing */
  show(isEditing) {
    this.#isEditing = isEditing;
    this.#draw();
  }

  cancel() {
    const room = this.#chat.current;
    if (room) this.#chat.drafts.keepReply(room.id, null);
    this.#draw();
  }

  /** What the message that is sent now answers. @param {Room} room */
  take(room) {
    const position = this.#chat.drafts.reply(room.id);
    const isGone = position !== null && room.timeline.held(position)?.deleted;
    this.#chat.drafts.keepReply(room.id, null);
    this.#draw();
    return isGone ? null : position;
  }

  #draw() {
    const room = this.#chat.current;
    const position = room && !this.#isEditing ? this.#chat.drafts.reply(room.id) : null;
    this.#root.hidden = position === null;
    const original = position === null ? undefined : room?.timeline.held(position);
    const { author, text } = position === null ? { author: "", text: "" } : quoteOf(original, this.#words);
    setText(byId("replying-to"), author && this.#words.say("reply-to", { name: author }));
    setText(byId("replying-text"), original?.deleted ? this.#words.say("reply-to-nothing") : text);
  }
}
