// @ts-check

/** Rooms are entered without loading the page anew, and every room and every message has an address that can be loaded. */
export class Navigation {
  #enter;

  /** @param {(room: number, position: number | null) => boolean} enter false for a room that the page does not know */
  constructor(enter) {
    this.#enter = enter;
    document.addEventListener("click", (event) => this.#click(event));
    // Going back and forth, and a fragment that was changed by hand.
    addEventListener("popstate", () => this.#return());
  }

  /** @param {number} room @param {number | null} [position] */
  go(room, position = null) {
    if (this.#enter(room, position)) history.pushState(null, "", addressOf(room, position));
  }

  /** In place of a room that is gone. @param {number} room */
  replace(room) {
    if (this.#enter(room, null)) history.replaceState(null, "", addressOf(room, null));
  }

  /** Links to rooms and messages, whoever wrote them. @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = placeOf(link);
    if (!place || !this.#enter(place.room, place.position)) return;
    event.preventDefault();
    this.#mark(link.closest("[data-line=message]"));
    history.pushState(null, "", addressOf(place.room, place.position));
  }

  /** Going back leads to the message that the link stands in. @param {HTMLElement | null} line */
  #mark(line) {
    const [here, position] = [placeOf(location), Number(line?.dataset.position)];
    if (here && position) history.replaceState(null, "", addressOf(here.room, position));
  }

  #return() {
    const place = placeOf(location);
    const isKnown = place ? this.#enter(place.room, place.position) : location.hash; // to a part of the page
    if (!isKnown) location.reload();
  }
}

/** @param {number} room @param {number | null} position */
export function addressOf(room, position) {
  return `/rooms/${room}/${position === null ? "" : `#${position}`}`;
}

/** Where an address of this site leads, if it is one of a room or a message. @param {URL | Location | HTMLAnchorElement} address */
export function placeOf({ origin, pathname, hash }) {
  const [, room, position] = (pathname + hash).match(/^\/rooms\/(\d{1,15})\/(?:#([1-9]\d{0,14}))?$/) ?? [];
  if (origin !== location.origin || !room) return null;
  return { room: Number(room), position: position ? Number(position) : null };
}

/** The reader has left the message that the address named. */
export function dropFragment() {
  if (location.hash) history.replaceState(null, "", location.pathname);
}

let leaving = false;

/** Signing out ends the socket before the next page comes, which is to be the plain sign-in page. */
export function leave() {
  leaving = true;
}

/** The next page has not come. */
export function stay() {
  leaving = false;
}

/** The browser is somebody else's now, who may not be in this room. */
export function goToFrontDoor() {
  location.replace("/");
}

/** Back to this very page after signing in; drafts and the outbox stay where they are. */
export function goToSignIn() {
  if (leaving) return;
  leaving = true;
  location.assign(`/login/?ended=1&next=${encodeURIComponent(location.pathname + location.hash)}`);
}
