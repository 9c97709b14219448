// @ts-check
import { notify } from "./status.js";

const SOON_MS = 5_000;

/** What one wrote last, to be edited. While it is still on its way it is waited for: the one before is not meant. */
export class LastLine {
  #chat;
  #words;
  #handlers;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #wish;

  /** @param {Chat} chat @param {any} words @param {{newest: () => Promise<void>, edit: (message: Message) => void}} handlers */
  constructor(chat, words, handlers) {
    this.#chat = chat;
    this.#words = words;
    this.#handlers = handlers;
    chat.on("timeline", (room) => this.#wish && room === chat.current?.id && this.edit());
  }

  /** It is among the newest, which a window further back does not show. */
  async edit() {
    const room = this.#chat.current;
    if (!room?.timeline.reachesNewest) await this.#handlers.newest();
    if (!room || room !== this.#chat.current) return;
    if (this.#chat.outbox.isPosting(room.id)) return this.#wait();
    this.forget();
    const last = this.#chat.own.last(room);
    if (last) this.#handlers.edit(last);
  }

  /** Something else is done meanwhile. */
  forget() {
    clearTimeout(this.#wish);
    this.#wish = undefined;
  }

  #wait() {
    this.#wish ??= setTimeout(() => {
      this.forget();
      notify(this.#words.say("still-going"));
    }, SOON_MS);
  }
}
