// @ts-check
import { Room } from "./room.js";

const FRESH_MS = 3_000; // what the page came with may be older when its socket opens: the network was slow, or gone
const RENEWED_MS = 10_000; // within so long all who were cut off have looked people up again

/** What the server's frames do to the chat. A type that is not in the table is of a later server. */
export class Incoming {
  #chat;
  #epoch;
  /** @type {Record<string, (frame: any) => void>} */
  #handlers = {
    hello: (frame) => this.#hello(frame),
    message: (frame) => this.#message(frame),
    member: (frame) => this.#member(frame),
    room: (frame) => this.#room(frame.room),
    left: (frame) => this.#left(frame.room),
    read: (frame) => this.#read(frame),
    typing: (frame) => this.#typing(frame),
    presence: (frame) => this.#presence(frame),
  };
  #isBack = false;

  /** @param {Chat} chat @param {Connection} connection @param {string} epoch the history that the page came with */
  constructor(chat, connection, epoch) {
    this.#chat = chat;
    this.#epoch = epoch;
    connection.on("frame", (frame) => {
      if (Object.hasOwn(this.#handlers, frame.type)) this.#handlers[frame.type](frame);
    });
  }

  /** @param {{user: Person, epoch: string, limits: Limits, rooms: RoomFrame[]}} hello */
  async #hello(hello) {
    const chat = this.#chat;
    chat.limits = hello.limits;
    this.#greet(hello);
    chat.mentions.renew();
    chat.tellOpened();
    chat.lookAround();
    if (this.#isBack) chat.people.allAgain(RENEWED_MS);
    else if (performance.now() > FRESH_MS) chat.people.allAgain(0);
    this.#isBack = true;
    const rooms = [...chat.rooms.values()];
    const current = rooms.filter((room) => room === chat.current);
    for (const room of rooms) chat.reading.report(room);
    await chat.sync.mend([...current, ...rooms]);
    chat.outbox.restart();
    for (const room of current) {
      chat.load(room);
      chat.abouts.renew(room);
    }
  }

  /** @param {{epoch: string, rooms: RoomFrame[]}} hello */
  #greet({ epoch, rooms }) {
    const chat = this.#chat;
    const held = this.#epoch === epoch ? chat.rooms : new Map();
    this.#epoch = epoch;
    chat.rooms = new Map(rooms.map((frame) => [frame.id, this.#greeted(held.get(frame.id), frame)]));
    if (chat.current) chat.current = chat.rooms.get(chat.current.id) ?? null;
    chat.emit("rooms");
    if (chat.current) chat.emit("timeline", chat.current.id);
  }

  /** @param {Room | undefined} room @param {RoomFrame} frame */
  #greeted(room, frame) {
    if (!room) return new Room(frame);
    room.greet(frame, this.#chat.looksAt(room));
    return room;
  }

  /** @param {Message} message */
  #message(message) {
    const chat = this.#chat;
    const room = chat.rooms.get(message.room);
    if (!room) return;
    const isNew = message.position > room.position;
    if (isNew && chat.own.has(message)) this.#own(room, message);
    else room.grow(message.position, chat.looksAt(room));
    chat.mentions.heard(room, message);
    room.timeline.receive(message);
    room.hear(message.revision);
    chat.typing.stopped(room.id, message.author?.id);
    chat.changed(room);
    chat.emit("rooms");
    if (isNew) chat.emit("arrived", { room, message });
  }

  /** @param {Room} room @param {Message} message */
  #own(room, message) {
    room.growByOwn(message.position);
    this.#chat.reading.report(room);
  }

  /** @param {{room: number, revision: number, user: Person, in: boolean}} frame */
  #member(frame) {
    const { room: id, revision, user } = frame;
    const room = this.#chat.rooms.get(id);
    room?.hear(revision);
    this.#chat.abouts.count(frame);
    if (!frame.in) this.#chat.typing.stopped(id, user.id);
  }

  /** @param {RoomFrame} frame */
  #room(frame) {
    const chat = this.#chat;
    const room = chat.rooms.get(frame.id);
    if (room?.notify === "none") chat.mentions.renew(); // the server left them out
    if (room) room.update(frame);
    else chat.rooms.set(frame.id, new Room(frame));
    if (frame.kind === "direct") {
      chat.lookAround();
      chat.people.again(room?.others ?? [], 0); // the name may be another
    }
    if (room && room === chat.current) chat.abouts.expect(room.id); // also a hint that the topic is another
    chat.emit("rooms");
  }

  /** @param {number} id */
  #left(id) {
    const chat = this.#chat;
    if (!chat.rooms.delete(id)) return;
    if (chat.current?.id === id) chat.current = null;
    chat.emit("rooms");
  }

  /** @param {{room: number, position: number}} frame */
  #read({ room: id, position }) {
    const room = this.#chat.rooms.get(id);
    if (!room) return;
    room.confirm(position);
    room.reach(position);
    this.#chat.emit("rooms");
  }

  /** @param {{room: number, user: Person}} frame */
  #typing({ room, user }) {
    if (user.id !== this.#chat.me.id) this.#chat.typing.heard(room, user);
  }

  /** @param {{room: number, online: number[], offline: number[]}} frame */
  #presence(frame) {
    const { current, presence, typing } = this.#chat;
    if (frame.room === current?.id) presence.hear(frame);
    for (const user of frame.offline) typing.stopped(frame.room, user);
  }
}
