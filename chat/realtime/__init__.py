"""The sockets: one consumer each; one hub, one writer and one guard a process."""
