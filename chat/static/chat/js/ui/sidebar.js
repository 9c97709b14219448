// @ts-check
import { dressAvatar, showPresence } from "./avatar.js";
import { arrange, byId, clone, setText } from "./dom.js";

const SECTIONS = [
  { template: "section-rooms", kinds: ["open", "closed"] },
  { template: "section-direct", kinds: ["direct"] },
];

/** The list of rooms, with what is unread in each. */
export class Sidebar {
  #words;
  #root = byId("rooms");
  /** @type {Map<number, RoomLink>} */
  #links = new Map();
  #sections;

  /** @param {any} words */
  constructor(words) {
    this.#words = words;
    this.#sections = SECTIONS.map(({ template, kinds }) => {
      const { root, parts } = clone(template);
      this.#root.append(root);
      return { kinds, list: parts.list };
    });
  }

  /** @param {Iterable<Room>} rooms @param {Room | null} current @param {Set<number>} failing */
  draw(rooms, current, failing) {
    const sorted = [...rooms].sort((a, b) => a.name.localeCompare(b.name));
    this.#links = new Map(sorted.map((room) => [room.id, this.#links.get(room.id) ?? new RoomLink(this.#words)]));
    for (const room of sorted) this.#links.get(room.id)?.update(room, room === current, failing.has(room.id));
    for (const { kinds, list } of this.#sections) {
      const members = sorted.filter((room) => kinds.includes(room.kind));
      arrange(list, members.map((room) => /** @type {RoomLink} */ (this.#links.get(room.id)).root));
    }
  }
}

class RoomLink {
  #words;
  #parts;

  /** @param {any} words */
  constructor(words) {
    const { root, parts } = clone("room-link");
    this.root = root;
    this.#words = words;
    this.#parts = parts;
  }

  /** @param {Room} room @param {boolean} current @param {boolean} failing */
  update({ id, kind, name, notify, unread, called, others }, current, failing) {
    const { link, icon, name: label, badge, count, unread: spoken, failed } = this.#parts;
    this.#showPerson(others.length === 1 ? { id: others[0], name } : null);
    link.href = `/rooms/${id}/`;
    link.dataset.room = String(id);
    link.dataset.unread = String(unread);
    link.classList.toggle("room-link--muted", notify === "none");
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    icon.setAttribute("href", `#icon-${kind}`);
    setText(label, name);
    failed.hidden = !failing;
    badge.hidden = unread === 0;
    setText(count, short(unread));
    setText(spoken, unread ? this.#words.count("unread", unread) : "");
    this.#call(kind === "direct" ? 0 : called); // there, each unread message is one
  }
  /** @param {number} times */
  #call(times) {
    const { called, calls, mentions } = this.#parts;
    called.hidden = times === 0;
    setText(calls, `@${short(times)}`);
    setText(mentions, times ? this.#words.count("mentions", times) : "");
  }

  /** Whom one talks with alone. @param {Person | null} person */
  #showPerson(person) {
    const { icon, avatar, there } = this.#parts;
    icon.parentElement.toggleAttribute("hidden", person !== null);
    avatar.hidden = person === null;
    if (!person) return;
    dressAvatar(avatar, person);
    for (const element of [avatar, there]) showPresence(element, person.id);
  }
}

/** @param {number} count */
function short(count) {
  return count > 99 ? "99+" : String(count);
}
