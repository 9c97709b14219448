// @ts-check
import { arrange, byId, clone, setText } from "./dom.js";
import { sizeOf } from "./files.js";
import { announce } from "./status.js";

/** What trying again would not help: the file itself is the trouble. */
const FINAL = new Set(["too_large", "blocked_type", "bad_picture", "too_many", "not_a_member"]);

/** The files that go with the next message, each with how far it has got. */
export class Tray {
  #uploads;
  #words;
  #list = byId("tray");
  /** @type {Map<string, UploadView>} */
  #views = new Map();

  /** @param {import("../state/uploads.js").Uploads} uploads @param {any} words */
  constructor(uploads, words) {
    this.#uploads = uploads;
    this.#words = words;
  }

  /** @param {Room | null} room null: nothing can go with what is being written */
  draw(room) {
    const uploads = room ? this.#uploads.of(room.id) : [];
    const isLonger = uploads.some(({ key }) => !this.#views.has(key));
    const views = uploads.map((upload) => this.#view(upload));
    this.#views = new Map(uploads.map(({ key }, index) => [key, views[index]]));
    arrange(this.#list, views.map(({ root }) => root));
    this.#list.hidden = uploads.length === 0;
    if (isLonger) views.at(-1)?.root.scrollIntoView({ block: "nearest" });
  }

  /** @param {Upload} upload */
  #view(upload) {
    const view = this.#views.get(upload.key) ?? new UploadView(upload, this.#uploads, this.#words);
    view.update();
    return view;
  }
}

class UploadView {
  #upload;
  #words;
  #parts;
  #percent;
  /** @type {Upload["state"]} */
  #state;

  /** @param {Upload} upload @param {import("../state/uploads.js").Uploads} uploads @param {any} words */
  constructor(upload, uploads, words) {
    const { root, parts } = clone("upload");
    this.root = root;
    this.#upload = upload;
    this.#words = words;
    this.#parts = parts;
    this.#percent = new Intl.NumberFormat(words.language, { style: "percent" });
    this.#state = upload.state === "done" ? "done" : "waiting";
    setText(parts.name, upload.name);
    parts.name.title = upload.name;
    for (const [button, word] of [[parts.retry, "file-retry"], [parts.remove, "file-remove"]]) {
      button.title = words.say(word, { name: upload.name });
      button.setAttribute("aria-label", button.title);
    }
    parts.retry.addEventListener("click", () => uploads.retry(upload));
    parts.remove.addEventListener("click", () => {
      uploads.remove(upload);
      byId("attach").focus(); // the button that was pressed is gone
    });
  }

  update() {
    const { state, part, error, stored } = this.#upload;
    const { bar, note, retry, image, icon } = this.#parts;
    this.root.dataset.state = state;
    bar.hidden = state === "done" || state === "failed";
    bar.value = part;
    setText(note, this.#note());
    retry.hidden = state !== "failed" || FINAL.has(error ?? "");
    if (stored?.thumbnail && image.hidden) image.src = stored.thumbnail;
    image.hidden = !stored?.thumbnail;
    icon.toggleAttribute("hidden", !image.hidden);
    if (state !== this.#state) this.#tell();
    this.#state = state;
  }

  #note() {
    const { state, part, error, size } = this.#upload;
    if (state === "failed") return this.#words.reason(`file-${error}`);
    return state === "sending" ? this.#percent.format(part) : sizeOf(size, this.#words.language);
  }

  /** To those who do not see it. */
  #tell() {
    const { state, name } = this.#upload;
    if (state === "done") announce(this.#words.say("file-done", { name }));
    if (state !== "failed") return;
    announce(this.#words.say("file-failed", { name, reason: this.#note() }));
    this.root.scrollIntoView({ block: "nearest" });
  }
}
