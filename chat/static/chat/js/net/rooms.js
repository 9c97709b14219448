// @ts-check
import { ask, send } from "./http.js";

// Rooms and people over HTTP: docs/rooms.md. All of these may be refused.

/** @typedef {{q?: string, offset?: number, limit?: number, archived?: 0 | 1}} Query */

/** @param {number} room @returns {Promise<RoomAbout>} */
export const fetchAbout = (room) => ask(`/rooms/${room}/about/`);

/** @param {number} room @param {object} change @returns {Promise<RoomAbout>} */
export const changeRoom = (room, change) => send(`/rooms/${room}/about/`, change);

/** @param {{name: string, kind: string, topic: string, members: number[]}} room @returns {Promise<RoomAbout>} */
export const createRoom = (room) => send("/rooms/", room);

/** @param {number[]} users @returns {Promise<RoomAbout>} */
export const openDirect = (users) => send("/rooms/direct/", { users });

/** @param {Query} query @returns {Promise<{rooms: RoomEntry[], more: boolean}>} */
export const findRooms = (query) => list("/rooms/", query);

/** @param {Query} query @returns {Promise<{people: Account[], more: boolean}>} */
export const findPeople = (query) => list("/people/", query);

/** @param {number} room @param {Query} query @returns {Promise<{members: MemberEntry[], more: boolean}>} */
export const findMembers = (room, query) => list(`/rooms/${room}/members/`, query);

/** @param {number} room */
export const joinRoom = (room) => send(`/rooms/${room}/join/`);

/** @param {number} room */
export const leaveRoom = (room) => send(`/rooms/${room}/leave/`);

/** @param {number} room @param {number[]} users */
export const addMembers = (room, users) => send(`/rooms/${room}/members/`, { users });

/** @param {number} room @param {number} user */
export const removeMember = (room, user) => send(`/rooms/${room}/members/remove/`, { user });

/** @param {number} room @param {string} notify */
export const chooseLevel = (room, notify) => send(`/rooms/${room}/notify/`, { notify });

/** @param {string} path @param {any} query @returns {Promise<any>} */
function list(path, query) {
  return ask(`${path}?${new URLSearchParams(query)}`);
}
