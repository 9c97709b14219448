"""What the documentation says is so: settings, limits, frames and links."""

import ast
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chat import conf, errors
from chat.protocol import codec, events
from chat.protocol.codes import Close
from chat.protocol.commands import AnyCommand
from chat.tests.services.environment import PROJECT

PAGES = sorted([PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")])
PROTOCOL = PROJECT / "docs" / "protocol.md"
KIB, MIB = 1024, 1024 * 1024


def name_of(page: Path) -> str:
    return str(page.relative_to(PROJECT))


def section(page: Path, title: str) -> str:
    """The text below a heading of the second level, up to the next one."""
    return page.read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]


def examples(title: str) -> list[str]:
    """The frames shown in a section of the protocol, one a line."""
    blocks = re.findall(r"^```json\n(.*?)^```$", section(PROTOCOL, title), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def first_column(table: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)


def variables(source: str) -> set[str]:
    """The names that are asked of `env` in the settings."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def limits() -> dict[str, float]:
    return {name: value for name, value in vars(conf).items() if name.isupper() and name not in ("KIB", "MIB", "Final")}


def shown(name: str, value: float) -> str:
    """A limit as the documentation writes it."""
    if "BYTES" in name:
        return f"{value // MIB:g} MiB" if value >= MIB else f"{value // KIB:g} KiB"
    if name.endswith("_SECONDS"):
        return f"{value:g} s"
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def anchors(page: Path) -> set[str]:
    """The fragments by which a page's headings are reached."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    """The relative links of a page that lead nowhere."""
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if link.startswith(("http://", "https://")):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and fragment not in anchors(target)):
            broken.append(link)
    return broken


def test_the_readme_lists_exactly_the_variables_that_the_settings_read() -> None:
    read = variables((PROJECT / "chatproject" / "settings.py").read_text())
    assert "DATABASE_URL" in read
    assert sorted(first_column(section(PROJECT / "README.md", "Settings"))) == sorted(read)


def test_every_limit_is_documented_as_it_is() -> None:
    table = section(PROJECT / "docs" / "operating.md", "Limits")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", table, re.MULTILINE))
    assert rows == {name: shown(name, value) for name, value in limits().items()}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("link", ["nowhere.md", "page.md#no-such-heading", "#no-such-heading"])
def test_a_broken_link_is_caught(tmp_path: Path, link: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A heading\n[one](page.md#a-heading) [two]({link}) [three](https://example.org)\n")
    assert broken_links(page) == [link]


def test_every_command_is_shown_and_understood() -> None:
    shown_types = {type(codec.decode(example)) for example in examples("Commands")}
    assert shown_types == set(AnyCommand.__args__)


@pytest.mark.parametrize("title", ["Opening", "Replies", "Events"])
def test_every_frame_shown_is_one_that_the_server_sends(title: str) -> None:
    frames = examples(title)
    assert frames
    assert [frame for frame in frames if not any(is_frame(frame, one) for one in events.Frame.__subclasses__())] == []


def test_every_event_is_shown() -> None:
    types = {
        msgspec.json.decode(line)["type"] for title in ("Opening", "Replies", "Events") for line in examples(title)
    }
    assert types == {str(one.__struct_config__.tag) for one in events.Frame.__subclasses__()}


def is_frame(text: str, kind: type[msgspec.Struct]) -> bool:
    """Whether a text is such a frame, with nothing missing and nothing too much."""
    try:
        decoded = msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        return False
    given: dict[str, Any] = msgspec.json.decode(text)
    complete: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(decoded))
    return given.keys() == complete.keys()


def test_every_refusal_is_documented() -> None:
    over_http_only = {
        error.code
        for error in (
            errors.SignedOut,
            errors.BadQuery,
            errors.NameTaken,
            errors.BlockedType,
            errors.OverQuota,
            errors.DiskFull,
            errors.BadPicture,
        )
    }
    known = {error.code for error in vars(errors).values() if isinstance(error, type) and hasattr(error, "code")}
    assert set(first_column(section(PROTOCOL, "Refusals"))) == known - over_http_only


def test_every_close_code_is_documented() -> None:
    codes = {int(code) for code in re.findall(r"\b4\d{3}\b", section(PROTOCOL, "Closing"))}
    assert codes == set(Close)
