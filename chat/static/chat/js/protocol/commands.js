// @ts-check
// The commands of protocol version 1. None names the speaker: the session does.

/** @param {number} room @param {string} key @param {string} body @param {number | null | undefined} reply_to @param {string[]} attachments */
export const post = (room, key, body, reply_to, attachments) => ({
  type: "post",
  room,
  key,
  body,
  reply_to: reply_to ?? null,
  attachments,
});

/** @param {number} room @param {number} position @param {string} body */
export const edit = (room, position, body) => ({ type: "edit", room, position, body });

/** @param {number} room @param {number} position */
export const remove = (room, position) => ({ type: "delete", room, position });

/** @param {number} room @param {number} position @param {string} emoji @param {boolean} on */
export const react = (room, position, emoji, on) => ({ type: "react", room, position, emoji, on });

/** @param {number} room @param {number} position */
export const read = (room, position) => ({ type: "read", room, position });

/** @param {number} room */
export const open = (room) => ({ type: "open", room });

/** @param {number} room @param {number} revision */
export const catchUp = (room, revision) => ({ type: "catch_up", room, revision });

/** @param {number} room */
export const typing = (room) => ({ type: "typing", room });

/** @param {string} id */
export const beat = (id) => ({ type: "beat", id });
