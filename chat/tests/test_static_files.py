"""What `collectstatic` makes of the scripts and styles."""

import json
import re
from pathlib import Path

import pytest

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


def test_every_import_names_a_file_by_its_content(collected: dict[str, str]) -> None:
    imports = re.findall(r'\bfrom\s*"(\./[^"]+|\.\./[^"]+)"', "".join(collected.values()))
    assert len(imports) > 20
    assert [path for path in imports if not re.search(r"\.[0-9a-f]{12}\.js$", path)] == []
