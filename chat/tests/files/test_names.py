"""Names that people, and people of ill will, give to files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import conf
from chat.files.names import ending_of, may_be_sent, named_as, safe_name, type_of


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("Relatório de março.pdf", "Relatório de março.pdf"),
        ("東京.png", "東京.png"),
        ("👩‍👧.png", "👩‍👧.png"),
        ('say "hello".txt', 'say "hello".txt'),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("/absolute.txt", "absolute.txt"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("   ", "file"),
        (".htaccess", "htaccess"),
        ("evil.exe.", "evil.exe"),
        ("evil.exe . .", "evil.exe"),
        ("two\r\nSet-Cookie: a=b.txt", "twoSet-Cookie: a=b.txt"),
        ("nul\0.txt", "nul.txt"),
        ("tab\tand  spaces.txt", "taband spaces.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("lone\ud800.txt", "lone.txt"),
        ("cafe\u0301.txt", "café.txt"),
    ],
)
def test_a_name_is_one_line_without_folders_or_tricks(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_is_shortened_before_its_ending() -> None:
    assert safe_name("x" * 5_000 + ".pdf") == "x" * (conf.FILE_NAME_CHARACTERS - 4) + ".pdf"
    assert safe_name("." + "x" * 5_000) == "x" * conf.FILE_NAME_CHARACTERS


@given(st.text(max_size=400))
def test_whatever_it_was_it_is_safe(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= conf.FILE_NAME_CHARACTERS
    assert not set(safe) & set("/\\\0\r\n\u202e")
    assert safe not in (".", "..")
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("a.", ""), (".bashrc", "bashrc"), ("a.b c", "")],
)
def test_an_ending_is_what_follows_the_last_dot(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "application/pdf"),
        ("A.PNG", "image/png"),
        ("a", "application/octet-stream"),
        ("data:text/html,x", "application/octet-stream"),
    ],
)
def test_a_type_is_what_the_ending_says(name: str, kind: str) -> None:
    assert type_of(name) == kind


@pytest.mark.parametrize(
    ("name", "kind", "named"),
    [
        ("photo.JPG", "image/jpeg", "photo.JPG"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("page.html", "image/gif", "page.html.gif"),
        ("image", "image/png", "image.png"),
        ("photo", "image/jpeg", "photo.jpg"),
        ("x" * 300, "image/webp", "x" * (conf.FILE_NAME_CHARACTERS - 5) + ".webp"),
        ("photo.jpg", "image/avif", "photo.jpg.avif"),
    ],
)
def test_a_picture_has_the_ending_of_what_it_is(name: str, kind: str, named: str) -> None:
    assert named_as(name, kind) == named


@pytest.mark.parametrize(
    ("types", "blocked", "name", "allowed"),
    [
        ([], [], "a.exe", True),
        ([], [], "a", True),
        ([], ["exe"], "a.exe", False),
        ([], ["exe"], "a.EXE", False),
        ([], ["exe"], "a.exe.pdf", False),
        ([], ["exe"], "exe", True),
        (["pdf", "png"], [], "a.pdf", True),
        (["pdf", "png"], [], "a.PnG", True),
        (["pdf", "png"], [], "a.pdf.html", False),
        (["pdf", "png"], [], "a", False),
        (["pdf"], ["pdf"], "a.pdf", False),
    ],
)
def test_the_settings_say_what_may_be_sent(
    settings: Any, types: list[str], blocked: list[str], name: str, allowed: bool
) -> None:
    settings.UPLOAD_TYPES, settings.UPLOAD_BLOCKED = types, blocked
    assert may_be_sent(name) is allowed
