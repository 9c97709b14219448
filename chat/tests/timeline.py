"""What a client holds of a room, as docs/protocol.md describes it."""

from __future__ import annotations

from typing import Any

Frame = dict[str, Any]


class Timeline:
    """One room as a client holds it: the newest state of each message, and how far it is complete."""

    def __init__(self) -> None:
        self.messages: dict[int, Frame] = {}
        self.synced = 0
        self.base = 0  # the revision that this socket's `hello`, or the `room` frame, gave

    def apply(self, message: Frame) -> None:
        held = self.messages.get(message["position"])
        if held is None or held["revision"] < message["revision"]:
            self.messages[message["position"]] = message

    def passed(self, revision: int) -> None:
        """An event raises the synced revision only where nothing before it can be missing."""
        if self.synced >= self.base:
            self.synced = max(self.synced, revision)

    @property
    def bodies(self) -> list[str]:
        return [self.messages[position]["body"] for position in sorted(self.messages)]
