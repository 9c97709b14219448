"""Imports run down only, and brothers never import each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from chat.tests.services.environment import PROJECT

# Highest first. Rooms on one level are brothers: a module imports its own room and those below.
LEVELS = (
    ("chatproject",),
    ("urls",),
    ("views", "realtime", "admin", "management", "templatetags"),
    ("forms",),
    ("actions", "sessions"),
    ("relay",),
    ("models", "protocol", "files"),
    ("markup", "threads", "pictures", "search", "token_bucket"),
    ("conf", "errors", "folding"),
)
HEIGHT = {room: -level for level, rooms in enumerate(LEVELS) for room in rooms}
# What wires others together at start, and so belongs to no level.
WIRING = {"chat.apps", "chat.migrations"}


def room_of(module: str) -> str | None:
    """The room that a module is in; None for what has no level, as other people's packages."""
    if module == "chatproject" or module.startswith("chatproject."):
        return "chatproject"
    if not module.startswith("chat.") or any(module == name or module.startswith(f"{name}.") for name in WIRING):
        return None
    return module.split(".")[1]


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    for package in ("chat", "chatproject"):
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if parts[:2] != ("chat", "tests"):
                yield ".".join(parts).removesuffix(".__init__"), path


def imports(path: Path, module: str) -> Iterator[str]:
    """Every module or name that a file imports, in full."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def violations(root: Path) -> list[str]:
    found = []
    for module, path in modules(root):
        room = room_of(module)
        for imported in imports(path, module):
            target = room_of(imported)
            if room is None or target is None or room == target:
                continue
            if HEIGHT[target] >= HEIGHT[room]:
                found.append(f"{module} imports {imported}")
    return found


def local_imports(root: Path) -> list[str]:
    """Imports inside functions: they hide a circle."""
    return [
        f"{module}:{statement.lineno}"
        for module, path in modules(root)
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]


def test_every_room_is_there_and_has_a_level() -> None:
    rooms = {room_of(module) for module, _ in modules(PROJECT)} - {None}
    assert rooms <= set(HEIGHT), "a new room needs a level"
    assert rooms >= {
        "chatproject",
        "realtime",
        "management",
        "actions",
        "sessions",
        "relay",
        "models",
        "protocol",
        "conf",
    }


def test_imports_run_down_only() -> None:
    assert violations(PROJECT) == []


def test_nothing_is_imported_inside_a_function() -> None:
    assert local_imports(PROJECT) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("models/room.py", "from chat.relay import rings"),
        ("models/room.py", "import chat.relay.rings"),
        ("models/room.py", "from chat import relay"),
        ("models/room.py", "from ..relay import rings"),
        ("actions/messages.py", "from chat.sessions import engine"),
        ("protocol/frames.py", "from chat.models import Room"),
        ("conf.py", "from chatproject import settings"),
        ("management/serve.py", "from chatproject import address"),
        ("realtime/hub.py", "from chat.views import rooms"),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, module: str, line: str) -> None:
    planted = tmp_path / "chat" / module
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(f"{line}\n")
    assert len(violations(tmp_path)) == 1


def test_a_planted_local_import_is_caught(tmp_path: Path) -> None:
    planted = tmp_path / "chat" / "actions" / "messages.py"
    planted.parent.mkdir(parents=True)
    planted.write_text("async def send():\n    if True:\n        from chat.models import Room\n")
    assert local_imports(tmp_path) == ["chat.actions.messages:3"]
