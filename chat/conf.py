"""Every limit of the chat, each with its unit. Settings that an administrator may change stand in `chatproject/settings.py`."""

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

# -- messages --------------------------------------------------------------------------------------
BODY_CHARACTERS: Final = 10_000
HTML_BYTES: Final = 64 * KIB
ROOM_NAME_CHARACTERS: Final = 80
TOPIC_CHARACTERS: Final = 250

# -- frames ----------------------------------------------------------------------------------------
FRAME_BYTES: Final = 128 * KIB
REF_CHARACTERS: Final = 64

# -- reading back ----------------------------------------------------------------------------------
PAGE_MESSAGES: Final = 50
PAGE_MESSAGES_MAX: Final = 100
CATCH_UP_MESSAGES: Final = 200
CATCH_UP_BYTES: Final = 256 * KIB
CATCH_UP_CHANGES: Final = 1_000  # further behind than this, a client starts afresh

# -- a database that hangs --------------------------------------------------------------------------
READ_SECONDS: Final = 5.0
COMMIT_SECONDS: Final = 5.0  # then the changes under way are answered `unavailable`, stored or not

# -- the writer ------------------------------------------------------------------------------------
BATCH_CHANGES: Final = 256
WRITER_QUEUE_CHANGES: Final = 10_000  # over this, posts are answered `unavailable` at once

# -- the publisher ---------------------------------------------------------------------------------
PUBLISH_QUEUE_MESSAGES: Final = 1_000
PUBLISH_CHARACTERS: Final = 1024 * KIB  # a larger batch goes in parts: Redis cuts off readers with much unread
PUBLISH_SECONDS: Final = 1.0

# -- the hub ---------------------------------------------------------------------------------------
REORDER_SECONDS: Final = 0.1  # two processes may publish in the other order
COMPARE_SECONDS: Final = 2.0  # keeps "within 5 s" with room for a slow query
RESUBSCRIBE_SECONDS: Final = 2.0
EVENTS_HELD: Final = 1_000  # events ahead of a gap; more than this are read back from the database

# -- one socket ------------------------------------------------------------------------------------
BEAT_SECONDS: Final = 15.0
BEAT_BYTES: Final = 256 * KIB
UNCONFIRMED_BYTES: Final = 4 * MIB
UNCONFIRMED_SECONDS: Final = 60.0
TYPING_SECONDS: Final = 3.0
PENDING_CHANGES: Final = 1_000  # commands without a reply; more are answered `rate_limited`
COMMANDS_BURST: Final = 1_000
COMMANDS_PER_SECOND: Final = 100.0
BYTES_BURST: Final = 16 * MIB
BYTES_PER_SECOND: Final = 1 * MIB
REFUSALS_BEFORE_CLOSE: Final = 200  # commands sent in spite of `rate_limited`

# -- sessions --------------------------------------------------------------------------------------
SEEN_SECONDS: Final = 300.0  # how exact "last seen" is
MISSED_CHECKS: Final = 2  # regular checks without an answer from the database before sockets close
