"""Everything that people read is translated, and what is translated gets compiled."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from chat.management import catalogue, translations
from chat.tests.services.environment import PROJECT

SOURCES = sorted(translations.sources([PROJECT / "locale"]))
PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hello"\nmsgstr "%s"\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "pt_BR" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO % "Olá")
    return path


def read(compiled: Path) -> str:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file).gettext("Hello")


def test_there_is_a_translation() -> None:
    assert [source.parent.parent.name for source in SOURCES] == ["pt_BR"]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.parent.name)
def test_every_text_is_translated(source: Path) -> None:
    with source.open("rb") as file:
        known = read_po(file, locale=source.parent.parent.name)
    translated = {message.id for message in known if message.id and message.string and not message.fuzzy}
    wanted = {message.id for message in catalogue.collected(PROJECT) if message.id}
    assert len(wanted) > 50
    assert wanted - translated == set(), "run `make messages`, then translate"


def test_texts_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "chat" / "words.py").write_text('_("From code")\nngettext("%(n)d room", "%(n)d rooms", n)\n')
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}<p title="It\'s">{% translate "From a page" %}</p>'
    )
    found = {message.id for message in catalogue.collected(tmp_path) if message.id}
    assert found == {"From code", ("%(n)d room", "%(n)d rooms"), "From a page"}


def test_an_update_adds_what_is_new_and_keeps_what_is_translated(source: Path, tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "words.py").write_text('_("Hello")\n_("New")\n')
    catalogue.update(source, tmp_path)
    with source.open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id}
    assert known == {"Hello": "Olá", "New": ""}


def test_what_is_missing_or_older_is_compiled_and_nothing_else(source: Path, tmp_path: Path) -> None:
    (compiled,) = translations.compile_changed([tmp_path])
    assert read(compiled) == "Olá"
    assert translations.compile_changed([tmp_path]) == []
    source.write_text(PO % "Oi")
    os.utime(source, (compiled.stat().st_mtime + 1,) * 2)
    assert translations.compile_changed([tmp_path]) == [compiled]
    assert read(compiled) == "Oi"
