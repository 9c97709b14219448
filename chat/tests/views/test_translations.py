"""Every text that people see has its Portuguese."""

import re
from collections.abc import Iterator
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from chat.tests.services.environment import PROJECT

IN_TEMPLATES = re.compile(
    r"""\{% translate ["'](?P<plain>.+?)["'] %\}|\{% blocktranslate.*?%\}(?P<block>.+?)\{% endblocktranslate %\}""",
    re.DOTALL,
)
NAMES = dict.fromkeys(("_", "gettext", "gettext_lazy"))


def catalogue() -> Catalog:
    with (PROJECT / "locale/pt_BR/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def texts() -> Iterator[str]:
    for path in (PROJECT / "templates").rglob("*.html"):
        for found in IN_TEMPLATES.finditer(path.read_text()):
            yield found["plain"] or re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", found["block"])
    for path in (PROJECT / "chat").rglob("*.py"):
        if "tests" not in path.parts:
            with path.open("rb") as file:
                yield from (str(text) for _line, text, *_ in extract("python", file, keywords=NAMES))


def test_every_text_is_translated() -> None:
    found, translated = set(texts()), catalogue()
    assert len(found) > 100, "the texts were not found: this test would pass for nothing"
    assert [text for text in sorted(found) if text not in translated or not translated[text].string] == []


def test_no_translation_is_left_over() -> None:
    assert {message.id for message in catalogue() if message.id} - set(texts()) == set()


def test_a_translation_fills_in_what_its_text_does() -> None:
    def gaps(text: object) -> set[str]:
        return set(re.findall(r"%\(\w+\)s", str(text))) | {name for _, name, *_ in Formatter().parse(str(text)) if name}

    for message in catalogue():
        if message.id:
            assert gaps(message.id) == gaps(message.string)
