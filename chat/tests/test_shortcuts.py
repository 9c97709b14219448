"""The list of keys that `?` opens is what the scripts listen to: nothing is missing, and nothing is too much."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chat.tests.services.environment import PROJECT

SCRIPTS = PROJECT / "chat" / "static" / "chat" / "js"
LIST = PROJECT / "templates" / "rooms" / "_shortcuts.html"

# Which group of the list has the keys of a script.
GROUPS = {
    "ui/doors.js": "anywhere",
    "ui/drawer.js": "anywhere",
    "ui/help_key.js": "anywhere",
    "ui/search_key.js": "anywhere",
    "ui/emoji_picker.js": "choosing",
    "ui/rooms/choices.js": "choosing",
    "ui/rooms/picker.js": "choosing",
    "ui/writing/suggestions.js": "choosing",
    "ui/composer.js": "writing",
    "ui/writing/assist.js": "writing",
    "ui/actions.js": "message",
    "ui/roving.js": "message",
    "ui/viewer.js": "picture",
}
# As keys are labelled, and as a browser names them.
LABELS = {"Esc": "escape", "↑": "arrowup", "↓": "arrowdown", "←": "arrowleft", "→": "arrowright"}

COMPARED = re.compile(r'\bkey(?:\.toLowerCase\(\))? [!=]== "([^"]+)"')
LOOKED_UP = re.compile(r"\{([^{}]+)\}\[event\.key\]|const (?:KEYS|MARKS|STEPS) = \{([^{}]+)\}")
NAMED = re.compile(r'"?([^\s",:]+)"?: ')
SIGNS = re.compile(r"const SIGN = /\[([^\]^]+)\]")


def keys_in(source: str) -> set[str]:
    """The keys that a script listens to, and the signs that it waits for in a text."""
    tables = ["".join(found) for found in LOOKED_UP.findall(source)]
    named = [key for table in tables for key in NAMED.findall(table)]
    return {key.lower() for key in [*COMPARED.findall(source), *named, *"".join(SIGNS.findall(source))]}


def keys_of(group: str) -> set[str]:
    """The keys that a group of the list has; of several that are pressed together, the last."""
    (section,) = re.findall(rf'<section data-group="{group}">(.*?)</section>', LIST.read_text(), re.DOTALL)
    labels = re.findall(r"<kbd>([^<]+)</kbd>(?!\+<)", section)
    return {LABELS.get(label, label.lower()) for label in labels}


def listeners(root: Path) -> dict[str, str]:
    """The scripts that hear keys, by their paths."""
    sources = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.js")}
    return {path: source for path, source in sources.items() if '"keydown"' in source}


def test_every_script_that_hears_keys_has_a_group() -> None:
    assert set(listeners(SCRIPTS)) == set(GROUPS)


@pytest.mark.parametrize("group", sorted(set(GROUPS.values())))
def test_a_group_lists_the_keys_of_its_scripts_and_no_others(group: str) -> None:
    heard = {key for script, own in GROUPS.items() if own == group for key in keys_in((SCRIPTS / script).read_text())}
    assert heard
    assert keys_of(group) == heard


def test_every_group_belongs_to_a_script() -> None:
    assert set(re.findall(r'data-group="(\w+)"', LIST.read_text())) == set(GROUPS.values())


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('if (event.key === "Escape") this.close();', {"escape"}),
        ('if (!isHeld(event) || event.key.toLowerCase() !== "k") return;', {"k"}),
        ("const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];", {"arrowleft", "arrowright"}),
        ('const KEYS = { r: "reply", "+": "react", delete: "delete" };', {"r", "+", "delete"}),
        (r"const SIGN = /[@:][^\s@:]*$/;", {"@", ":"}),
        ('parts.discard.dataset.key = key; entry.key === key; const A = { b: "c" };', set()),
    ],
)
def test_keys_are_found_however_they_are_asked_for(source: str, keys: set[str]) -> None:
    assert keys_in(source) == keys
