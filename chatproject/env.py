"""Reads the environment, typed. A wrong value stops the start with one line."""

import os
import re
from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar

T = TypeVar("T")

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
PASSWORD_IN_URL = re.compile(r"(//[^:@/]*:).*(?=@)|([?&]password=)[^&]*")


class Env:
    """A variable that is unset or empty has its default."""

    def __init__(self, source: Mapping[str, str] = os.environ) -> None:
        self.source = source

    def text(self, name: str, default: str = "") -> str:
        return self.source.get(name, "").strip() or default

    def items(self, name: str, parse: Callable[[str], T], expected: str) -> list[T]:
        """What `parse` makes of each part between commas; nothing but commas is no empty list, but a slip."""
        value = self.text(name)
        items = [item.strip() for item in value.split(",") if item.strip()]
        if value and not items:
            refuse(name, value, expected)
        return [self.parsed(name, item, parse, expected) for item in items]

    def flag(self, name: str) -> bool:
        value = self.text(name, "0")
        if value.lower() not in TRUE + FALSE:
            refuse(name, value, "1 or 0")
        return value.lower() in TRUE

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch(r"\d{1,18}", value, re.ASCII) or not low <= int(value) <= high:
            refuse(name, value, f"a whole number from {low} to {high}")
        return int(value)

    def parsed(self, name: str, value: str, parse: Callable[[str], T], expected: str) -> T:
        """What `parse` makes of the value; its ValueError means that the value is wrong."""
        try:
            return parse(value)
        except ValueError:
            refuse(name, value, expected)


def refuse(name: str, value: str, expected: str) -> NoReturn:
    """Stop in one line: SystemExit shows no traceback, under manage.py and daphne alike."""
    raise SystemExit(f"{name} is {masked(value)!r}: it must be {expected}.")


def file_ending(text: str) -> str:
    """What follows the last dot of a file's name; ValueError for anything else."""
    ending = text.removeprefix(".").lower()
    if not re.fullmatch(r"[^\W_]{1,16}", ending):
        raise ValueError(text)
    return ending


def masked(url: str) -> str:
    return PASSWORD_IN_URL.sub(lambda found: f"{found[1] or found[2]}***", url)
