"""A page's script, together with all that it imports."""

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

IMPORT: Final = re.compile(r'^import\b[^;]*?"(\.{1,2}/[^"]+)"', re.MULTILINE)


@register.simple_tag
def script(path: str) -> SafeString:
    """All modules are asked for at once: else the browser learns of each when it has read the one that imports it."""
    tag = format_html('<script type="module" src="{}"></script>', static(path))
    links = [(static(module),) for module in _modules(path) if module != path]
    return tag + format_html_join("", '<link rel="modulepreload" href="{}">', links)


@cache
def _modules(path: str) -> list[str]:
    """This one and all that it needs, whichever way."""
    found = [path]
    for module in found:  # which grows meanwhile
        found += [other for other in dict.fromkeys(_imports(module)) if other not in found]
    return found


def _imports(path: str) -> Iterator[str]:
    source = finders.find(path)
    if source is None:
        raise FileNotFoundError(path)
    for relative in IMPORT.findall(Path(source).read_text()):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
