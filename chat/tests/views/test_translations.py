"""Every text that people see has its Portuguese."""

import re
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from chat.management.catalogue import collected
from chat.tests.services.environment import PROJECT


def catalogue() -> Catalog:
    with (PROJECT / "locale/pt_BR/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def texts() -> set[str | tuple[str, ...]]:
    """One text, or two where it has a plural."""
    return {
        message.id if isinstance(message.id, str) else tuple(message.id) for message in collected(PROJECT) if message.id
    }


def test_every_text_is_translated() -> None:
    found, translated = texts(), catalogue()
    assert len(found) > 100, "the texts were not found: this test would pass for nothing"
    assert [text for text in found if text not in translated or not translated[text].string] == []


def test_no_translation_is_left_over() -> None:
    assert {message.id for message in catalogue() if message.id} - texts() == set()


def test_a_translation_fills_in_what_its_text_does() -> None:
    def gaps(text: object) -> set[str]:
        return set(re.findall(r"%\(\w+\)s", str(text))) | {name for _, name, *_ in Formatter().parse(str(text)) if name}

    for message in catalogue():
        if message.id:
            assert gaps(message.id) == gaps(message.string)
