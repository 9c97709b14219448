"""Translations by Babel, so that no gettext has to be installed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_changed(locale_paths: Iterable[Path]) -> list[Path]:
    """Write the catalogues that are missing or older than their source; which ones those were."""
    return [write(source) for source in sources(locale_paths) if is_stale(source)]


def sources(locale_paths: Iterable[Path]) -> Iterator[Path]:
    for locale_path in locale_paths:
        yield from sorted(locale_path.glob("*/LC_MESSAGES/*.po"))


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def write(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    draft = source.with_suffix(".mo.new")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(compiled)  # a server that starts meanwhile reads the old one or the new one, whole
    return compiled
