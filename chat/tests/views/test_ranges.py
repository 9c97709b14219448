"""Which part of a file a `Range` asks for."""

import pytest

from chat.views.ranges import NotSatisfiable, Part, asked_part

SIZE = 1_000


@pytest.mark.parametrize(
    ("header", "start", "length"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-999", 0, 1_000),
        ("bytes=0-", 0, 1_000),
        ("bytes=200-299", 200, 100),
        ("bytes=999-", 999, 1),
        ("bytes=500-5000", 500, 500),
        ("bytes=-1", 999, 1),
        ("bytes=-5000", 0, 1_000),
        (" bytes=1-2 ", 1, 2),
    ],
)
def test_one_range_is_given(header: str, start: int, length: int) -> None:
    assert asked_part(header, SIZE) == Part(start, length, SIZE)


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0", "bytes=9223372036854775808-"])
def test_a_range_beyond_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(NotSatisfiable):
        asked_part(header, SIZE)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-10", "bytes=-1"])
def test_of_an_empty_file_there_is_no_part(header: str) -> None:
    with pytest.raises(NotSatisfiable):
        asked_part(header, 0)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,3-4",
        "lines=1-2",
        "bytes=a-b",
        "bytes=-1-2",
        "bytes=١-٢",
        f"bytes={'9' * 400}-",
    ],
)
def test_what_nobody_understands_is_the_whole(header: str) -> None:
    assert asked_part(header, SIZE) is None


def test_a_part_says_where_it_lies() -> None:
    assert Part(200, 100, SIZE).content_range == "bytes 200-299/1000"
