"""What rooms and people are called."""

import unicodedata
from typing import Final

from chat import conf
from chat.errors import BadQuery, NameTaken
from chat.folding import fold
from chat.models import Installation, Room
from chat.models.folded import folded_names

# Control characters and lone surrogates; separators of lines and paragraphs; what turns the text around it.
_REFUSED: Final = ("Cc", "Cs", "Zl", "Zp")
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def checked_name(text: str) -> str:
    """A name as it is stored. Raises BadQuery."""
    name = _line("name", text, longest=conf.ROOM_NAME_CHARACTERS)
    if not fold(name):
        raise BadQuery("name: it is empty")
    return name


def checked_topic(text: str) -> str:
    """Raises BadQuery."""
    return _line("topic", text, longest=conf.TOPIC_CHARACTERS)


def checked_full_name(text: str) -> str:
    """A person's, which may be empty. Raises BadQuery."""
    name = _line("full_name", text, longest=conf.FULL_NAME_CHARACTERS)
    if name and not fold(name):
        raise BadQuery("full_name: there is nothing to be seen in it")
    return name


def reserve_names() -> None:
    """Let nobody else name a room before this transaction ends. To be done before any room is locked."""
    Installation.objects.select_for_update(no_key=True).get(pk=1)


def require_free(name: str, *, but: Room | None = None) -> None:
    """Raises NameTaken where another open room has that name, whatever its case.

    Names of closed rooms are free for all: to refuse one would betray that the room exists.
    """
    alike = Room.objects.filter(kind=Room.Kind.OPEN, archived=False, folded=folded_names(name))
    if any(other != but and other.name.casefold() == name.casefold() for other in alike):
        raise NameTaken


def _line(field: str, text: str, *, longest: int) -> str:
    if any(one in _TURNING or unicodedata.category(one) in _REFUSED for one in text.strip()):
        raise BadQuery(f"{field}: it has a character that cannot stand there")
    line = " ".join(text.split())
    if len(line) > longest:
        raise BadQuery(f"{field}: at most {longest} characters are expected")
    return line
