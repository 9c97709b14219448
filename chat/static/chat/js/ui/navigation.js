// @ts-check

/** Rooms are entered without loading the page anew, and every room has an address that can be loaded. */
export class Navigation {
  #enter;

  /** @param {(room: number) => boolean} enter false for a room that the page does not know */
  constructor(enter) {
    this.#enter = enter;
    document.addEventListener("click", (event) => this.#click(event));
    addEventListener("popstate", () => this.#return());
  }

  /** @param {number} room */
  go(room) {
    if (this.#enter(room)) history.pushState(null, "", `/rooms/${room}/`);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element && event.target.closest("a[data-room]");
    if (!(link instanceof HTMLElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.go(Number(link.dataset.room));
  }

  #return() {
    const room = Number(location.pathname.match(/^\/rooms\/(\d+)\/$/)?.[1]);
    if (!this.#enter(room)) location.reload();
  }
}

let leaving = false;

/** Signing out ends the socket before the next page comes, which is to be the plain sign-in page. */
export function leave() {
  leaving = true;
}

/** The browser is somebody else's now, who may not be in this room. */
export function goToFrontDoor() {
  location.replace("/");
}

/** Back to this very page after signing in; drafts and the outbox stay where they are. */
export function goToSignIn() {
  if (leaving) return;
  leaving = true;
  location.assign(`/login/?ended=1&next=${encodeURIComponent(location.pathname)}`);
}
