"""What the server may log stands in the documentation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from chat.tests.services.environment import PROJECT
from chat.tests.test_docs import section

SOURCES = [*(PROJECT / "chat").rglob("*.py"), *(PROJECT / "chatproject").rglob("*.py")]
LEVELS = {"info", "warning", "error", "exception"}


def events(path: Path) -> Iterator[str]:
    """The constant part of each, the longest where values stand in between."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="logger"), attr=level), args=[ast.Constant(value=str(event)), *_]
            ) if level in LEVELS:
                yield max((piece.strip(" :") for piece in re.split(r"%[sdr]", event)), key=len)


def test_every_event_is_documented() -> None:
    logged = {event for path in SOURCES if "tests" not in path.parts for event in events(path)}
    assert len(logged) > 20
    documented = section(PROJECT / "docs" / "operating.md", "Logs")
    assert {event for event in logged if event not in documented} == set()
