// @ts-check

/** A person's own messages: which they are, what they are to become. */
export class OwnMessages {
  #me;
  #outbox;

  /** @param {Person} me @param {import("./outbox.js").Outbox} outbox */
  constructor(me, outbox) {
    this.#me = me;
    this.#outbox = outbox;
  }

  /** @param {Message} message */
  has(message) {
    return message.author?.id === this.#me.id;
  }

  /** The newest one that can be edited; a window further back does not know it. @param {Room} room */
  last(room) {
    if (!room.timeline.reachesNewest) return undefined;
    return room.timeline.messages().findLast((message) => {
      const isGoing = this.#outbox.amendment(room.id, message.position)?.kind === "delete";
      return this.has(message) && !message.deleted && !isGoing;
    });
  }

  /** As its author left it, also where the server does not have that yet. @param {Room} room @param {Message} message */
  textOf(room, { position, body }) {
    const amendment = this.#outbox.amendment(room.id, position);
    return amendment?.kind === "edit" ? amendment.body : body;
  }

  /** @param {Room} room @param {number} position @param {string} body */
  edit(room, position, body) {
    const seen = room.timeline.at(position)?.body;
    const isNews = body !== seen || this.#outbox.amendment(room.id, position);
    if (isNews) this.#outbox.amend("edit", room.id, position, body, seen);
  }

  /** @param {Room} room @param {Message} message */
  remove(room, { position, body }) {
    this.#outbox.amend("delete", room.id, position, body, body);
  }
}
