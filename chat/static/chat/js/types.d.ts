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
};

type HistoryPage = { messages: Message[]; more: boolean; revision: number };
type Limits = { body: number; frame: number };
type Frame = { type: string; [field: string]: any };
type Command = { type: string; [field: string]: any };

type Entry = {
  key: string;
  room: number;
  body: string;
  at: number;
  state: "pending" | "sent" | "failed";
  error: string | null;
  position: number | null;
};

type Boot = {
  user: { id: number; username: string; name: string };
  room: number | null;
  site: string;
  rooms: RoomFrame[];
};

type Room = import("./state/room.js").Room;
type Timeline = import("./state/timeline.js").Timeline;

type Chat = import("./state/chat.js").Chat;
type Connection = import("./net/connection.js").Connection;
