// @ts-check
import { backoff } from "../lib/delays.js";
import { Emitter } from "../lib/emitter.js";
import { plan } from "../protocol/closing.js";
import { Refused } from "../protocol/refused.js";
import { signedOut } from "./http.js";
import { Socket } from "./socket.js";

const STEADY_MS = 5_000; // a connection that held this long forgives the failures before it
const SUSPECT_MS = 20_000; // on waking up, a silence longer than a beat's is not waited out

/**
 * Keeps a socket open as long as the session lives, and for one person only.
 * Emits `frame` (hello first), `online`, `offline`, `signed-out` and `stranger`.
 */
export class Connection extends Emitter {
  #url;
  #person;
  /** @type {Socket | null} */
  #socket = null;
  #online = false;
  #since = 0;
  #failures = 0;
  #patient = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} url @param {number} person */
  constructor(url, person) {
    super();
    this.#url = url;
    this.#person = person;
  }

  get online() {
    return this.#online;
  }

  open() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#patient = false;
    const socket = new Socket(this.#url, {
      frame: (frame) => this.#receive(frame),
      closed: (code, greeted) => this.#closed(socket, code, greeted),
    });
    this.#socket = socket;
  }

  /** The network came back, or the person did: no need to sit out the wait. */
  nudge() {
    if (this.#timer !== undefined && !this.#patient) this.open();
    else this.#socket?.check(SUSPECT_MS);
  }

  /** The network went away: that is not left to the silence to tell. */
  lose() {
    this.#socket?.lose();
  }

  /** @param {Command} command */
  send(command) {
    if (this.#online) this.#socket?.send(command);
  }

  /** @param {Command} command @returns {Promise<Frame>} */
  async request(command) {
    if (!this.#online || !this.#socket) throw new Refused("lost");
    return this.#socket.request(command);
  }

  /** @param {Frame} frame */
  #receive(frame) {
    if (frame.type === "hello") {
      // Somebody else signed in with this browser: nothing of one person's goes out as another's.
      if (frame.user.id !== this.#person) return this.#refuse();
      this.#online = true;
      this.#since = Date.now();
    }
    this.emit("frame", frame);
    if (frame.type === "hello") this.emit("online");
  }

  #refuse() {
    this.#socket?.close();
    this.#socket = null;
    this.emit("stranger");
  }

  /** @param {Socket} socket @param {number} code @param {boolean} greeted */
  async #closed(socket, code, greeted) {
    const { ask, delay, patient, tooLarge } = plan(code);
    if (greeted && Date.now() - this.#since > STEADY_MS) this.#failures = 0;
    this.#socket = null;
    this.#online = false;
    if (tooLarge) socket.refuseLargest();
    socket.abandon();
    this.emit("offline");
    // To a browser, a refused handshake looks like a bad network: only HTTP can tell them apart.
    if ((ask || !greeted) && (await signedOut())) return this.emit("signed-out");
    this.#patient = patient;
    this.#timer = setTimeout(() => this.open(), delay ?? backoff(this.#failures++));
  }
}
