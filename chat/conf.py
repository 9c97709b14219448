"""Every limit of the chat, each with its unit. Settings that an administrator may change stand in `chatproject/settings.py`."""

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

# -- messages --------------------------------------------------------------------------------------
BODY_CHARACTERS: Final = 10_000
HTML_BYTES: Final = 64 * KIB
MARKUP_STEPS: Final = 4_000  # of the Markdown parser; a text that takes more is shown without its formatting
MARKUP_LEVELS: Final = 20  # of lists and quotations inside of each other, likewise
LINKS: Final = 300  # addresses in a text that become links
MENTIONS: Final = 100  # in a message
EVERYONE_PEOPLE: Final = 1_000  # in a room larger than this, `@all` calls nobody
MENTIONS_TOLD: Final = 100  # unread ones in a room, the newest: more are shown as "99+"
EMOJI_NAMES: Final = 500  # in a message, that are looked up
HIGHLIGHT_SECONDS: Final = 0.03  # of CPU, for the code in a message; then it has no colours
HIGHLIGHT_BYTES: Final = 52 * KIB  # of HTML, likewise
EMOJI_CHARACTERS: Final = 32  # code points of one; families have many
REACTIONS: Final = 20  # different ones on a message
ROOM_NAME_CHARACTERS: Final = 80
FULL_NAME_CHARACTERS: Final = 150
TOPIC_CHARACTERS: Final = 250
DIRECT_PEOPLE: Final = 9  # in one direct room, oneself among them
INVITED_AT_ONCE: Final = 100  # people

# -- lists of rooms and people, over HTTP --------------------------------------------------------------
LISTED: Final = 20
LISTED_MAX: Final = 100
LISTED_OFFSET_MAX: Final = 100_000
SOUGHT_CHARACTERS: Final = 100  # of a name that is sought
PERSON_LISTS_BURST: Final = 200  # asked for by one person at a process
PERSON_LISTS_PER_SECOND: Final = 20.0
PERSON_HTTP_CHANGES_BURST: Final = 100  # made by one person at a process
PERSON_HTTP_CHANGES_PER_SECOND: Final = 2.0
PERSON_ROOM_EDITS_BURST: Final = 20  # of names, topics and the like: each is told to all members
PERSON_ROOM_EDITS_PER_SECOND: Final = 0.2

# -- files -----------------------------------------------------------------------------------------
ATTACHMENTS: Final = 10  # of a message
FILE_NAME_CHARACTERS: Final = 200
UPLOADS_AT_ONCE: Final = 4  # of one person to one process
UPLOAD_PACE_BYTES: Final = 512 * KIB  # that an upload has to bring every HTTP_SECONDS
UNSENT_FILES: Final = 200  # of one person
UNSENT_SECONDS: Final = 86_400.0  # then a file that was not sent is gone
CLEAN_SECONDS: Final = 86_400.0  # between two removals of those that are gone, by any process
CLEAN_LOOK_SECONDS: Final = 900.0  # between two looks of one process whether it is time
DISK_SPARE_BYTES: Final = 256 * MIB  # that uploads leave free for the database
DISK_WORKERS: Final = 4  # threads that write files down and read them out
FILE_PIECE_BYTES: Final = 256 * KIB  # that are read at once

# -- pictures --------------------------------------------------------------------------------------
PICTURE_BYTES: Final = 64 * MIB
PICTURE_PIXELS: Final = 52_000_000  # as today's cameras make; a decoder needs four bytes for each
PICTURE_PARTS: Final = 500_000  # chunks, segments and blocks of a picture's file
ANIMATION_PIXELS: Final = 200_000_000  # of all frames of a picture that has to be compressed anew
THUMBNAIL_PIXELS: Final = 720  # of its longer side

# -- what people look like --------------------------------------------------------------------------
PORTRAIT_SMALL_PIXELS: Final = 128
PORTRAIT_LARGE_PIXELS: Final = 384

# -- searching -------------------------------------------------------------------------------------
SEARCH_CHARACTERS: Final = 200  # of a query
SEARCH_WORDS: Final = 10  # words, names and rooms of a query
SEARCH_HITS: Final = 20  # on a page
EXCERPT_CHARACTERS: Final = 280  # of a hit
SEARCH_NEAR: Final = 5_000  # of the newest messages in one's rooms, looked at one by one before the index is asked
SEARCH_FAR: Final = 40_000  # looked at after that, where the index has too much
SEARCH_MATCHES: Final = 10_000  # taken from the index
SEARCH_SECONDS: Final = 0.1  # patience with the index
SEARCH_ROOMS: Final = 200  # in one question to the database
SEARCHES_BURST: Final = 20  # by one person at a process
SEARCHES_PER_SECOND: Final = 1.0

# -- frames ----------------------------------------------------------------------------------------
FRAME_BYTES: Final = 128 * KIB
REF_CHARACTERS: Final = 64

# -- reading back ----------------------------------------------------------------------------------
PAGE_MESSAGES: Final = 50
PAGE_MESSAGES_MAX: Final = 100
CATCH_UP_MESSAGES: Final = 200
CATCH_UP_BYTES: Final = 256 * KIB
PAGES_SHARED: Final = 32  # kept for others who ask for the same
PAGE_SHARED_SECONDS: Final = 2.0
CATCH_UP_CHANGES: Final = 1_000  # further behind than this, a client starts afresh

# -- a database that hangs --------------------------------------------------------------------------
READ_SECONDS: Final = 5.0
COMMIT_SECONDS: Final = 5.0  # then the changes under way are answered `unavailable`, stored or not

# -- threads, each with one connection to the database; the writer is one more ------------------------
READERS: Final = 4
WATCHERS: Final = 2
PAGES_AT_ONCE: Final = 5
PASSWORDS_AT_ONCE: Final = 2  # forms with one, besides: to hash it takes 100 MB and a core for a moment
PAGE_SECONDS: Final = 10.0  # for a page, and for a place in a line that does not move; then it is a 503

# -- the writer ------------------------------------------------------------------------------------
BATCH_CHANGES: Final = 256
BATCH_CHARACTERS: Final = 32_000  # of Markdown, which is rendered before the batch is stored
PERSON_BATCH_CHARACTERS: Final = 10_000  # of these, by one person: as long as that is rendered, the others wait
LOCKED_PARTS: Final = 2  # of a batch that failed, which are waited for once more; then the rest is `unavailable`
WRITER_QUEUE_CHANGES: Final = 10_000  # over this, or the next, changes are answered `unavailable` at once
WRITER_QUEUE_CHARACTERS: Final = 16_000_000

# -- long jobs: thousands of people into a room, thousands of messages taken out ------------------------
JOB_ROWS: Final = 500  # in one transaction
JOB_PAUSE_SECONDS: Final = 0.1  # between two; as long as SQLite sleeps at most before it tries a lock again

# -- the publisher ---------------------------------------------------------------------------------
PUBLISH_QUEUE_MESSAGES: Final = 1_000
PUBLISH_QUEUE_BYTES: Final = 16 * MIB
PUBLISH_CHARACTERS: Final = 1024 * KIB  # a larger batch goes in parts: Redis cuts off readers with much unread
PUBLISH_SECONDS: Final = 1.0

# -- the hub ---------------------------------------------------------------------------------------
REORDER_SECONDS: Final = 0.1  # two processes may publish in the other order
COMPARE_SECONDS: Final = 2.0  # keeps "within 5 s" with room for a slow query
PEOPLE_REFRESHED: Final = 200  # whose rooms are read again in one query
RESUBSCRIBE_SECONDS: Final = 2.0
EVENTS_HELD: Final = 1_000  # events ahead of a gap; more than this, or the next, are read back from the database
EVENTS_HELD_BYTES: Final = 4 * MIB

# -- who is on-line --------------------------------------------------------------------------------
PRESENCE_BATCH_SECONDS: Final = 0.5  # comings and goings of so long are told together
PRESENCE_DIGEST_SECONDS: Final = 10.0
PRESENCE_SECONDS: Final = 30.0  # without word from a process, its people are off-line
PRESENCE_GRACE_SECONDS: Final = 3.0  # for coming back before anybody is told
PRESENCE_PEOPLE: Final = 5_000  # named in one message between processes

# -- one socket ------------------------------------------------------------------------------------
BEAT_SECONDS: Final = 15.0
BEAT_BYTES: Final = 256 * KIB
UNCONFIRMED_BYTES: Final = 4 * MIB
UNCONFIRMED_SECONDS: Final = 60.0
HELD_BYTES: Final = 4 * MIB  # waiting here behind what is unconfirmed
FULL_SECONDS: Final = 3.0  # without an echo while nothing more may be sent
TYPING_SECONDS: Final = 3.0
COMMANDS_BURST: Final = 1_000
COMMANDS_PER_SECOND: Final = 100.0
BYTES_BURST: Final = 16 * MIB
BYTES_PER_SECOND: Final = 1 * MIB
PENDING_QUESTIONS: Final = 1_000  # `catch_up` without a reply; more are answered `rate_limited`
HEARING_SECONDS: Final = 0.01  # how long one socket's frames are taken in without a turn for the others

# -- one person, on all sockets of a process, before and after a reconnect ---------------------------
PERSON_COMMANDS_BURST: Final = 3_000
PERSON_COMMANDS_PER_SECOND: Final = 300.0
PERSON_BYTES_BURST: Final = 48 * MIB
PERSON_BYTES_PER_SECOND: Final = 3 * MIB
PERSON_TEXT_BURST: Final = 4_000_000  # characters of Markdown to be rendered
PERSON_TEXT_PER_SECOND: Final = 100_000.0
PERSON_PENDING_CHANGES: Final = 1_000  # changes without a reply; more are answered `rate_limited`
REFUSALS_BEFORE_CLOSE: Final = 200  # commands sent in spite of `rate_limited`
REFUSALS_PER_SECOND: Final = 10.0  # as many are forgiven
SOCKETS_PER_SESSION: Final = 20

# -- sessions --------------------------------------------------------------------------------------
SEEN_SECONDS: Final = 300.0  # how exact "last seen" is
MISSED_CHECKS: Final = 2  # regular checks without an answer from the database before sockets close
LOOK_AGAIN_SECONDS: Final = 1.0  # after a look that the database did not answer
EXPIRY_SECONDS: Final = 0.02  # how exactly an expiry is met

# -- signing in ------------------------------------------------------------------------------------
SIGN_IN_FREE_FAILURES: Final = 5  # of a name from one network, or from one known browser
SIGN_IN_FIRST_SECONDS: Final = 60.0  # doubled with each failure after that
SIGN_IN_LONGEST_SECONDS: Final = 900.0  # nobody waits for longer than this
SIGN_IN_NETWORK_FAILURES: Final = 60  # of all names from one network, within the longest wait
SIGN_IN_NAME_FAILURES: Final = 20  # of one name from all networks, likewise
SIGN_IN_MEMORY_SECONDS: Final = 3600.0  # after the last failure
KNOWN_BROWSER_DAYS: Final = 365  # after the last sign-in
NAMES_PER_BROWSER: Final = 10  # whose sign-in with it is remembered

# -- one connection, before anything that comes over it is understood -----------------------------------
HTTP_BODY_BYTES: Final = 1 * MIB
HTTP_SECONDS: Final = 60.0  # for a request's headers, for its body, and for taking its answer
HANDSHAKE_SECONDS: Final = 15.0  # longer than both queries of an opening may take
MESSAGE_BYTES: Final = 1 * MIB  # a frame, or a message in fragments, that is read to be answered
INBOUND_MESSAGES: Final = 64  # not taken by the application yet; with more, or more bytes, reading waits
INBOUND_BYTES: Final = 256 * KIB
LOOSE_FRAMES_BURST: Final = 1_000  # pings, pongs and fragments
LOOSE_FRAMES_PER_SECOND: Final = 100.0
LINGER_SECONDS: Final = 3.0  # for the last word to arrive
