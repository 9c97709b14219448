// @ts-check
import { nameZone } from "./lib/zone.js";

/** The times of the hits, which the server can only give in UTC, in the reader's own zone and way. */
const page = document.documentElement.lang;
const language = navigator.languages.find((own) => own.split("-")[0] === page.split("-")[0]) ?? page;
const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
for (const time of document.querySelectorAll("time")) time.textContent = format.format(new Date(time.dateTime));
nameZone();
