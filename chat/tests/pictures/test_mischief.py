"""Whatever is done to a picture's bytes, it is cleaned or refused by name."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chat.errors import BadPicture
from chat.pictures import clean, write_thumbnail
from chat.tests.pictures.samples import FORMATS, PLACE, telling

CHANGES = st.lists(st.tuples(st.integers(0, 2_000), st.binary(max_size=4)), min_size=1, max_size=4)


@cache
def sample(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        return telling(Path(directory) / "picture", name).read_bytes()


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=150, deadline=None)
@given(changes=CHANGES)
def test_a_changed_picture_is_cleaned_or_refused(name: str, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(sample(name))
    for at, other in changes:
        content[16 + at % len(content) : 16 + at % len(content) + len(other)] = other
    with tempfile.TemporaryDirectory() as directory:
        source, target, small = (Path(directory) / one for one in ("source", "target", "small"))
        source.write_bytes(content)
        try:
            picture = clean(source, target)
            write_thumbnail(target, small, side=20)
        except BadPicture:
            return
        assert picture is not None
        with Image.open(small) as thumbnail:
            assert max(thumbnail.size) <= 20
        assert PLACE not in small.read_bytes()
