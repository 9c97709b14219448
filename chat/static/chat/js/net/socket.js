// @ts-check
import { beat } from "../protocol/commands.js";
import { decode } from "../protocol/frames.js";
import { Refused } from "../protocol/refused.js";

const SILENCE_MS = 40_000; // the server's beat comes every 15 s
const GREETING_MS = 15_000;
const WATCH_MS = 5_000;
const REPLY_MS = 30_000;

/** One WebSocket: replies find their commands, beats go back at once, and silence is taken for death. */
export class Socket {
  #socket;
  #handlers;
  #heard = Date.now();
  #greeted = false;
  #refs = 0;
  /** @type {Map<string, {settle: (reply: Frame) => void, fail: (error: Refused) => void, size: number}>} */
  #waiting = new Map();
  #watch = setInterval(() => this.check(), WATCH_MS);

  /** @param {string} url @param {{frame: (frame: Frame) => void, closed: (code: number, greeted: boolean) => void}} handlers */
  constructor(url, handlers) {
    this.#handlers = handlers;
    this.#socket = new WebSocket(url);
    this.#socket.onmessage = (event) => this.#receive(event.data);
    this.#socket.onclose = (event) => this.#end(event.code);
  }

  /** A network that went away closes no socket: only the silence tells. @param {number} [patience] */
  check(patience = this.#greeted ? SILENCE_MS : GREETING_MS) {
    if (Date.now() - this.#heard > patience) this.#end(1006);
  }

  /** @param {Command} command */
  send(command) {
    this.#write(JSON.stringify(command));
  }

  /** Resolves with the reply that says ok. @param {Command} command @returns {Promise<Frame>} */
  request(command) {
    const ref = `r${++this.#refs}`;
    const text = JSON.stringify({ ...command, ref });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(new Refused("unavailable", "no reply")), REPLY_MS);
      const done = () => (clearTimeout(timer), this.#waiting.delete(ref));
      /** @param {Frame} reply */
      const settle = (reply) => (done(), reply.ok ? resolve(reply) : reject(Refused.from(reply.error)));
      /** @param {Refused} error */
      const fail = (error) => (done(), reject(error));
      this.#waiting.set(ref, { settle, fail, size: text.length });
      this.#write(text);
    });
  }

  /** Names what was too much for the server, so that nobody sends it again. */
  refuseLargest() {
    const [largest] = [...this.#waiting.values()].sort((a, b) => b.size - a.size);
    largest?.fail(new Refused("too_large"));
  }

  abandon() {
    for (const { fail } of [...this.#waiting.values()]) fail(new Refused("lost"));
  }

  /** The network says itself that it is gone. */
  lose() {
    this.#end(1006);
  }

  /** For good, and without a word to anybody. */
  close() {
    clearInterval(this.#watch);
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
  }

  /** @param {unknown} data */
  #receive(data) {
    this.#heard = Date.now();
    const frame = decode(data);
    if (!frame) return;
    // Echoed here and not from a timer: browsers put the timers of hidden tabs to sleep.
    if (frame.type === "beat") this.send(beat(frame.id));
    else if (frame.type === "reply") this.#waiting.get(frame.ref)?.settle(frame);
    else this.#pass(frame);
  }

  /** While it closes nothing goes out any more: what waits for a reply is told so in a moment. @param {string} text */
  #write(text) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  /** @param {Frame} frame */
  #pass(frame) {
    this.#greeted ||= frame.type === "hello";
    this.#handlers.frame(frame);
  }

  /** @param {number} code */
  #end(code) {
    this.close();
    this.#handlers.closed(code, this.#greeted);
  }
}
