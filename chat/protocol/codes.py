"""Why the server closes a socket."""

from enum import IntEnum


class Close(IntEnum):
    SIGNED_OUT = 4401
    TOO_SLOW = 4408
    FRAME_TOO_LARGE = 4413
    FLOODING = 4429
    STOPPING = 4503
