"""The emoji that the server knows. A reaction is one of them: what is no emoji must not become a label under a message."""

from functools import cache
from typing import Final

from emoji import EMOJI_DATA, STATUS

_VARIATION: Final = "\ufe0f"  # asks for the coloured form; some keyboards leave it out


def known_emoji(text: str) -> str | None:
    """The emoji as Unicode writes it in full; None for anything else. So nobody counts ❤ and ❤️ apart."""
    return _in_full().get(text.replace(_VARIATION, ""))


@cache
def _in_full() -> dict[str, str]:
    full = (emoji for emoji, data in EMOJI_DATA.items() if data["status"] == STATUS["fully_qualified"])
    return {emoji.replace(_VARIATION, ""): emoji for emoji in full}
