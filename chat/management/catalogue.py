"""Collects the texts of Python code and templates into the .po files, as Django's makemessages does, without gettext."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
FOLDERS = ("chat", "chatproject", "templates")
PERCENT_FORMAT = re.compile(r"%\(\w+\)[sd]")


def update(source: Path, project: Path) -> None:
    """Add new texts, drop those that are gone, keep what is translated."""
    header = source.read_text().partition("\n\n")[0]  # as somebody wrote it: Babel would add dates and blanks
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    catalogue.update(collected(project), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    texts = io.BytesIO()
    write_po(texts, catalogue, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    source.write_text(f"{header}\n\n{texts.getvalue().decode().strip()}\n")


def collected(project: Path) -> Catalog:
    """Every text that is marked for translation, without line numbers: they would change with every edit."""
    catalogue = Catalog(fuzzy=False)
    for path, code in sources(project):
        for _, text, comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            flags = ["python-format"] if PERCENT_FORMAT.search(str(text)) else []
            catalogue.add(text, None, [(path, 0)], flags, comments, context=context)
    return catalogue


def sources(project: Path) -> Iterator[tuple[str, str]]:
    """Python as it is, templates as Django turns them into something like it."""
    for folder in FOLDERS:
        for path in sorted((project / folder).rglob("*")):
            name = str(path.relative_to(project))
            if path.suffix == ".html":
                yield name, templatize(path.read_text(), origin=name)
            elif path.suffix == ".py" and "tests" not in path.parts:
                yield name, path.read_text()
