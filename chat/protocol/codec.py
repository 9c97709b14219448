"""Text <-> frame."""

import json
from typing import Any

import msgspec

from chat import conf
from chat.errors import BadFrame, ChatError, RateLimited, UnknownType
from chat.protocol.commands import AnyCommand
from chat.protocol.events import Failure, Frame, Refused

_decoder: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_encoder = msgspec.json.Encoder()
_TYPES = frozenset(str(command.__struct_config__.tag) for command in AnyCommand.__args__)


def decode(text: str) -> AnyCommand:
    """The command in a text frame. Raises BadFrame or UnknownType, with the frame's `ref` where it has one."""
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _explain(text, error) from None


def encode(frame: Frame) -> str:
    return _encoder.encode(frame).decode()


def refusal(error: ChatError, ref: str | None) -> Refused:
    """The reply that tells a client of an error."""
    return Refused(ref=ref, error=failure(error))


def failure(error: ChatError) -> Failure:
    """An error as it is told, on the socket and over HTTP."""
    retry_after = error.retry_after if isinstance(error, RateLimited) else msgspec.UNSET
    return Failure(error.code, error.message, retry_after)


def _explain(text: str, error: Exception) -> BadFrame:
    frame = _lenient(text)
    if frame is None:
        return BadFrame("The frame is not a JSON object.")
    ref, kind = _ref(frame), frame.get("type")
    if isinstance(kind, str) and kind not in _TYPES:
        return UnknownType(ref=ref)
    return BadFrame(str(error), ref=ref)


def _ref(frame: dict[str, Any]) -> str | None:
    """The frame's `ref`, where an answer can carry it."""
    ref = frame.get("ref")
    if not isinstance(ref, str) or len(ref) > conf.REF_CHARACTERS:
        return None
    return None if any("\ud800" <= character <= "\udfff" for character in ref) else ref


def _lenient(text: str) -> dict[str, Any] | None:
    """The frame as a plain object, only to name its `ref` and `type` in a refusal.

    Python's own parser takes what msgspec does not, as a lone surrogate, which browsers do send.
    """
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None
