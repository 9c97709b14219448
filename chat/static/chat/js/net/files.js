// @ts-check
import { Refused } from "../protocol/refused.js";
import { send, token } from "./http.js";

/** @param {number} room */
const address = (room) => `/rooms/${room}/files/`;

/**
 * One file, as the body of a request of its own. `fetch` tells nobody how far it has got.
 * @param {number} room @param {File} file @param {(part: number) => void} progress how much of it has gone, from 0 to 1
 * @returns {{done: Promise<Attachment>, abort: () => void}}
 */
export function sendFile(room, file, progress) {
  const request = new XMLHttpRequest();
  /** @type {Promise<Attachment>} */
  const done = new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 1);
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject(refusal(request)));
    request.onerror = request.onabort = () => reject(new Refused("lost"));
  });
  request.open("POST", address(room));
  request.responseType = "json";
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Content-Disposition", `attachment; filename*=UTF-8''${encoded(file.name)}`);
  request.setRequestHeader("X-CSRFToken", token());
  request.send(file);
  return { done, abort: () => request.abort() };
}

/** What was uploaded will not be sent after all. If nobody hears of it, it goes by itself in a day. @param {string} id */
export function discardFile(id) {
  send(`/files/${id}/discard/`).catch(() => undefined);
}

/** @param {XMLHttpRequest} request */
function refusal({ status, response }) {
  if (response?.error) return Refused.from(response.error);
  return new Refused(status === 413 ? "too_large" : "unavailable"); // the word of a proxy
}

/** A lone surrogate, as some systems have in names, cannot be encoded. @param {string} name */
function encoded(name) {
  const signs = encodeURIComponent(name.replace(/\p{Surrogate}/gu, ""));
  return signs.replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
