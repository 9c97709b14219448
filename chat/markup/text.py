"""The HTML of a message -> what one reads there."""

import re
from html import unescape
from typing import Final

import nh3

_no_tags: Final = nh3.Cleaner(tags=set())


def as_text(html: str) -> str:
    return re.sub(r"\n{2,}", "\n", unescape(_no_tags.clean(html))).strip()
