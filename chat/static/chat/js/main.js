// @ts-check
import { tellTabs } from "./lib/tabs.js";
import { nameZone } from "./lib/zone.js";
import { Connection } from "./net/connection.js";
import { Chat } from "./state/chat.js";
import { Incoming } from "./state/incoming.js";
import { island } from "./ui/dom.js";
import { placeOf } from "./ui/navigation.js";
import { Page } from "./ui/page.js";
import { heedSearchKey } from "./ui/search_key.js";

const boot = island("boot");
const address = new URL("/ws/chat/", location.href);
address.protocol = address.protocol.replace("http", "ws");

const connection = new Connection(address.href, boot.user.id);
const chat = new Chat(boot, connection);
new Incoming(chat, connection, boot.epoch);
const page = new Page(chat, connection, boot.site);

const position = placeOf(location)?.position ?? null;
if (boot.room !== null) page.enter(boot.room, position, island("timeline-page"));
connection.open();
heedSearchKey();
nameZone();
tellTabs("signed-in");
