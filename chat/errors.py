"""The domain's errors. Each has the code that the protocol gives it; one handler turns them into an answer."""

from typing import ClassVar


class ChatError(Exception):
    """A refusal with a stable `code` and a `detail` for people."""

    code: ClassVar[str]
    detail: ClassVar[str]

    def __init__(self, detail: str | None = None) -> None:
        self.message = detail or self.detail
        super().__init__(self.message)


class BadFrame(ChatError):
    """The frame cannot be understood; `ref` is the command's own where it could still be read."""

    code = "bad_frame"
    detail = "The frame is not valid."

    def __init__(self, detail: str | None = None, ref: str | None = None) -> None:
        super().__init__(detail)
        self.ref = ref


class UnknownType(BadFrame):
    code = "unknown_type"
    detail = "There is no command of this type."


class TooLarge(ChatError):
    code = "too_large"
    detail = "The message is too long."


class EmptyBody(ChatError):
    code = "empty_body"
    detail = "The message is empty."


class NotAMember(ChatError):
    code = "not_a_member"
    detail = "You are not in this room."


class NotFound(ChatError):
    code = "not_found"
    detail = "There is no such message."


class Forbidden(ChatError):
    code = "forbidden"
    detail = "You may not do this."


class KeyReused(ChatError):
    code = "key_reused"
    detail = "This key belongs to another message."


class BadRevision(ChatError):
    code = "bad_revision"
    detail = "The room has no such revision yet."


class RateLimited(ChatError):
    """Too many commands or bytes; `retry_after` in seconds."""

    code = "rate_limited"
    detail = "Too fast. Try again in a moment."

    def __init__(self, retry_after: float) -> None:
        super().__init__()
        self.retry_after = retry_after


class Unavailable(ChatError):
    code = "unavailable"
    detail = "The message could not be stored just now. It may be sent again."


class FileTooLarge(TooLarge):
    detail = "The file is too large."


class BlockedType(ChatError):
    code = "blocked_type"
    detail = "Files of this type may not be sent here."


class OverQuota(ChatError):
    code = "over_quota"
    detail = "Too much of yours is waiting to be sent. Send it, or remove it first."


class DiskFull(ChatError):
    code = "disk_full"
    detail = "The server has no room for it."


class BadPicture(ChatError):
    """Pixels that cannot be decoded, or that nobody should try to decode."""

    code = "bad_picture"
    detail = "The picture is damaged."


class BadQuery(ChatError):
    """A parameter of an HTTP request is not valid; `detail` names it."""

    code = "bad_query"
    detail = "The request is not valid."


class NameTaken(ChatError):
    """Over HTTP only."""

    code = "name_taken"
    detail = "There is an open room of this name already."


class SignedOut(ChatError):
    """The session behind a command no longer lives. On a socket it closes; over HTTP it is a 401."""

    code = "signed_out"
    detail = "You are signed out."
