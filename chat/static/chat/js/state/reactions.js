// @ts-check
import { FavouriteEmoji } from "./favourite_emoji.js";

/** What a person answers to messages without a word. */
export class Reactions {
  #me;
  #outbox;

  /** @param {Person} me @param {import("./outbox.js").Outbox} outbox */
  constructor(me, outbox) {
    this.#me = me;
    this.#outbox = outbox;
    this.favourites = new FavouriteEmoji(me.id);
  }

  /** Takes one's own back where it stands, and else adds it. @param {Message} message @param {string} emoji */
  toggle(message, emoji) {
    const reactions = this.of(message);
    const stands = reactions.some((one) => one.emoji === emoji && one.users.includes(this.#me.id));
    if (!stands) this.favourites.used(emoji);
    this.#outbox.react(message, emoji, !stands);
  }

  /** As they are when the server has what waits. @param {Message} message @returns {Reaction[]} */
  of({ room, position, deleted, reactions }) {
    if (deleted) return [];
    const own = this.#outbox.reactions(room).filter((entry) => entry.position === position);
    return own.reduce((all, { emoji, on }) => changed(all, String(emoji), this.#me.id, on === true), reactions);
  }
}

/** @param {Reaction[]} reactions @param {string} emoji @param {number} person @param {boolean} on @returns {Reaction[]} */
function changed(reactions, emoji, person, on) {
  const held = reactions.find((one) => one.emoji === emoji) ?? { emoji, users: [] };
  const others = held.users.filter((id) => id !== person);
  const users = !on ? others : others.length < held.users.length ? held.users : [...others, person];
  const now = reactions.includes(held) ? reactions : [...reactions, held];
  return now.map((one) => (one === held ? { emoji, users } : one)).filter((one) => one.users.length > 0);
}
