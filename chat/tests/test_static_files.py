"""What `collectstatic` makes of the scripts and styles."""

import json
import re
from pathlib import Path

import pytest

from chat.tests.services.environment import PROJECT

OWN_CODE = re.compile(r"chat/.*\.(js|css)")


@pytest.fixture(scope="module")
def collected(template_directory: Path) -> dict[str, str]:
    """Our scripts and styles as browsers get them, by the names they have in the sources."""
    static = template_directory / "static"
    names = json.loads((static / "staticfiles.json").read_text())["paths"]
    return {name: (static / hashed).read_text() for name, hashed in names.items() if OWN_CODE.fullmatch(name)}


def test_no_comment_is_left(collected: dict[str, str]) -> None:
    assert "chat/js/main.js" in collected
    assert [name for name, text in collected.items() if re.search(r"/\*|^\s*//", text, re.MULTILINE)] == []


def test_a_style_contains_those_that_it_imports(collected: dict[str, str]) -> None:
    room = (PROJECT / "chat/static/chat/css/room.css").read_text()
    imported = re.findall(r'@import "(.+)";', room)
    assert "message.css" in imported
    assert all(collected[f"chat/css/{name}"] in collected["chat/css/room.css"] for name in imported)
    assert [name for name, text in collected.items() if "@import" in text] == []


def test_every_import_names_a_file_by_its_content(collected: dict[str, str]) -> None:
    imports = re.findall(r'\bfrom\s*"(\./[^"]+|\.\./[^"]+)"', "".join(collected.values()))
    assert len(imports) > 20
    assert [path for path in imports if not re.search(r"\.[0-9a-f]{12}\.js$", path)] == []
