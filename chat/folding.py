"""Text as it is sought: in lower case and without accents, so that "joao" finds "João"."""

import re
import unicodedata
from typing import Final

# Of Latin, Greek and Cyrillic, Hebrew and Arabic: people leave them out. Of other scripts they are part of the letter.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
# Letters that Unicode does not take apart.
_PLAIN: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"})


def fold(text: str) -> str:
    """The same for all ways to write the same words; spaces are single, none at the ends, and nothing is invisible."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_PLAIN)
    folded = unicodedata.normalize("NFC", bare.casefold())
    return " ".join("".join(one for one in folded if one.isprintable() or one.isspace()).split())
