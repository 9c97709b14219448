// What the modules pass one another; for editors and type checkers only, never loaded by the page.

type Person = { id: number; name: string };
type Kind = "open" | "closed" | "direct";

type RoomFrame = {
  id: number;
  kind: Kind;
  name: string;
  position: number;
  revision: number;
  read: number;
  notify: "all" | "mentions" | "none";
};

type Message = {
  room: number;
  revision: number;
  position: number;
  key: string;
  author: Person | null;
  body: string;
  html: string;
  created: string;
  edited: string | null;
  deleted: boolean;
  reply_to: number | null;
  mentions: number[];
  reactions: Reaction[];
  attachments: Attachment[];
};

/** As docs/rooms.md tells of a room, of rooms in a list, of people and of members. */
type RoomAbout = {
  id: number;
  kind: Kind;
  name: string;
  topic: string;
  members: number;
  joined: boolean;
  archived: boolean;
  everyone: boolean;
  creator: Person | null;
  revision: number;
  may: string[];
};
type RoomEntry = Pick<RoomAbout, "id" | "kind" | "name" | "topic" | "members" | "joined" | "archived">;
type Account = { id: number; username: string; name: string };
/** `picture` is the version of the person's picture, if there is one. */
type Card = Account & { picture: string };
type CardNow = Card & { online: boolean | null; seen: string | null };
type MemberEntry = Account & { staff: boolean; creator: boolean };

/** Where a sheet is opened. */
type Place = { chat: Chat; words: any; doors: Doors; room: Room | null; person: number; message?: Message; from?: HTMLElement };

/** A file of a message; width, height and thumbnail are there for pictures that may be shown. */
type Attachment = {
  id: string;
  name: string;
  size: number;
  type: string;
  width: number | null;
  height: number | null;
  thumbnail: string | null;
};

type Upload = {
  key: string;
  room: number;
  name: string;
  size: number;
  state: "waiting" | "sending" | "done" | "failed";
  /** How much of it has gone, from 0 to 1. */
  part: number;
  error: string | null;
  file?: File;
  abort?: () => void;
  stored?: Attachment;
  /** When it was chosen: no two files of a room have the same. */
  at: number;
};

/** What the server takes: bytes of a file, endings that alone may be sent (none: all), those that may not, files of a message. */
type FileLimits = { bytes: number; types: string[]; blocked: string[]; count: number };

type Reaction = { emoji: string; users: number[] };

/** Of a window further back: whether there are older messages, and whether there are newer ones. */
type HistoryPage = { messages: Message[]; more: boolean; newer?: boolean; revision: number };
type Limits = { body: number; frame: number };
type Frame = { type: string; [field: string]: any };
type Command = { type: string; [field: string]: any };

type Entry = {
  kind: "post" | "edit" | "delete" | "react";
  key: string;
  room: number;
  /** Of a post, where the server stored it; of a change, where the message stands. */
  position: number | null;
  body: string;
  /** Of a post, the position of the message that it answers. */
  reply_to: number | null;
  /** The texts that a change may replace, as its author saw or wrote them; none: whatever stands there. */
  over: string[];
  /** Of a post: its files. */
  attachments?: Attachment[];
  /** Of a reaction: which, and whether it is to stand there. */
  emoji?: string;
  on?: boolean;
  at: number;
  state: "pending" | "sent" | "failed";
  error: string | null;
  /** What the message had become when the server took it. */
  revision: number | null;
};

type Boot = {
  epoch: string;
  user: { id: number; username: string; name: string };
  room: number | null;
  about: RoomAbout | null;
  site: string;
  rooms: RoomFrame[];
  files: FileLimits;
  people: Card[];
};

type Room = import("./state/room.js").Room;
type Timeline = import("./state/timeline.js").Timeline;
type Entries = import("./state/entries.js").Entries;

type Doors = import("./ui/doors.js").Doors;
type Chat = import("./state/chat.js").Chat;
type Connection = import("./net/connection.js").Connection;
