// @ts-check
import { hearTabs } from "./lib/tabs.js";
import { signedIn } from "./net/http.js";
import { byId } from "./ui/dom.js";

const next = byId("next");

// The way to a message: the server, which sent the reader here, is told nothing of fragments.
if (/^#\d+$/.test(location.hash) && !next.value.includes("#")) next.value += location.hash;

/** Signed in by another tab: then this one has nothing to ask. The server knows where it may lead, and whom. */
async function lookAgain() {
  if (await signedIn()) location.replace(`/login/?next=${encodeURIComponent(next.value)}`);
}

hearTabs("signed-in", lookAgain);
document.addEventListener("visibilitychange", () => document.hidden || lookAgain());
addEventListener("pageshow", (event) => event.persisted && lookAgain());
