// @ts-check
import { dressAvatar } from "./ui/avatar.js";
import { byId, island } from "./ui/dom.js";
import { Faces } from "./ui/faces.js";
import { square } from "./ui/square.js";

const me = island("person");
const form = /** @type {HTMLFormElement} */ (byId("portrait"));
const input = /** @type {HTMLInputElement} */ (byId("picture"));

/** What was chosen goes at once, cut and scaled here already. */
async function send() {
  const [file] = input.files ?? [];
  if (!file) return;
  byId("unreadable").hidden = true;
  try {
    const chosen = new DataTransfer();
    chosen.items.add(new File([await square(file)], "picture"));
    input.files = chosen.files;
    form.submit();
  } catch {
    input.value = "";
    byId("unreadable").hidden = false;
  }
}

dressAvatar(byId("avatar"), me);
new Faces().show(me);
input.addEventListener("change", send);
send(); // one that was chosen before this script came
byId("upload").hidden = true;
// The colours are tried on before they are saved.
byId("themes").addEventListener("change", (/** @type {Event} */ event) => {
  document.documentElement.dataset.theme = /** @type {HTMLInputElement} */ (event.target).value;
});
