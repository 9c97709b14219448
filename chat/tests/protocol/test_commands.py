"""Text -> command: whatever is not exactly a command is refused by name."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.errors import BadFrame, UnknownType
from chat.protocol.codec import decode
from chat.protocol.commands import Beat, Delete, Edit, Open, Post, React, Read, Typing

KEY = "6f1c3b1e-0000-4000-8000-000000000001"
POST = {"type": "post", "ref": "a1", "room": 7, "key": KEY, "body": "Olá"}


def refusal(frame: object) -> BadFrame:
    with pytest.raises(BadFrame) as caught:
        decode(frame if isinstance(frame, str) else json.dumps(frame))
    return caught.value


@pytest.mark.parametrize(
    ("frame", "command"),
    [
        (POST, Post("a1", 7, uuid.UUID(KEY), "Olá")),
        (POST | {"reply_to": 12, "attachments": ["x"]}, Post("a1", 7, uuid.UUID(KEY), "Olá", 12, ["x"])),
        ({"type": "edit", "ref": "", "room": 7, "position": 41, "body": ""}, Edit("", 7, 41, "")),
        ({"type": "delete", "ref": "a", "room": 7, "position": 41}, Delete("a", 7, 41)),
        (
            {"type": "react", "ref": "a", "room": 7, "position": 1, "emoji": "👍", "on": True},
            React("a", 7, 1, "👍", True),
        ),
        ({"type": "read", "ref": "a", "room": 7, "position": 0}, Read("a", 7, 0)),
        ({"type": "open", "ref": "a", "room": 7}, Open("a", 7)),
        ({"type": "typing", "room": 7}, Typing(7)),
        ({"type": "beat", "id": "x"}, Beat("x")),
    ],
)
def test_every_command_is_understood(frame: dict[str, object], command: object) -> None:
    assert decode(json.dumps(frame)) == command


@pytest.mark.parametrize("field", ["user", "author", "name", "user_id", "position", "Body"])
def test_a_field_that_does_not_belong_is_refused_by_name(field: str) -> None:
    error = refusal(POST | {field: "eve"})
    assert field in error.message
    assert error.ref == "a1"


@pytest.mark.parametrize("field", ["room", "key", "body"])
def test_a_field_that_is_missing_is_named(field: str) -> None:
    error = refusal({name: value for name, value in POST.items() if name != field})
    assert field in error.message
    assert error.ref == "a1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("room", "7"),
        ("room", 7.5),
        ("room", True),
        ("room", None),
        ("room", [7]),
        ("room", 2**63),
        ("room", -(2**63) - 1),
        ("room", 10**400),
        ("key", "not a uuid"),
        ("key", 5),
        ("body", None),
        ("body", 5),
        ("body", {"$ne": ""}),
        ("reply_to", "1"),
        ("attachments", "x"),
        ("attachments", [1]),
    ],
)
def test_a_field_of_another_type_is_named(field: str, value: object) -> None:
    error = refusal(POST | {field: value})
    assert error.code == "bad_frame"
    assert field in error.message


@pytest.mark.parametrize("ref", [None, 5, ["a"], "x" * 65])
def test_an_answer_is_given_even_where_no_ref_can_be_read(ref: object) -> None:
    error = refusal(POST | {"ref": ref})
    assert error.ref is None
    assert "ref" in error.message


@pytest.mark.parametrize(
    "text", ["", "{", "null", "5", '"post"', "[]", "[{}]", "\0", "{'a':1}", "NaN", '{"type":"post"']
)
def test_what_is_not_a_json_object_is_a_bad_frame(text: str) -> None:
    error = refusal(text)
    assert error.code == "bad_frame"
    assert error.ref is None


@pytest.mark.parametrize(
    "nesting", ["[" * 100_000, '{"a":' * 20_000, '{"type":"post","ref":"a","body":' + "[" * 50_000]
)
def test_nesting_too_deep_to_parse_is_a_bad_frame(nesting: str) -> None:
    assert refusal(nesting).code == "bad_frame"


@pytest.mark.parametrize("body", ['"\\ud800"', '"\\udfff\\ud800"', '"\\ud83d"'])
def test_a_lone_surrogate_is_a_bad_frame(body: str) -> None:
    assert refusal(json.dumps(POST).replace('"Ol\\u00e1"', body)).code == "bad_frame"


@pytest.mark.parametrize("kind", ["__class__", "hello", "websocket.close", "POST", "", "message"])
def test_an_unknown_type_is_told_apart(kind: str) -> None:
    error = refusal(POST | {"type": kind})
    assert isinstance(error, UnknownType)
    assert error.ref == "a1"


@pytest.mark.parametrize("kind", [None, 5, ["post"], {}])
def test_a_type_that_is_no_text_is_a_bad_frame(kind: object) -> None:
    assert refusal(POST | {"type": kind}).code == "bad_frame"


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        decode(text)
    except BadFrame as error:
        assert error.message
