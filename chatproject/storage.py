"""Static files under names that carry a hash of their content, so that browsers may keep them for ever.

Scripts and styles lose their comments, and styles take in what they import: a browser asks for one file, not for twenty.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rcssmin import cssmin
from rjsmin import jsmin
from servestatic.storage import CompressedManifestStaticFilesStorage

MINIFIERS: Final = {".css": cssmin, ".js": jsmin}
OWN: Final = "chat/"
IMPORTED: Final = re.compile(r'@import "([\w-]+\.css)";')


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    max_post_process_passes = 20  # one for each link of the longest chain of imports, and one to be sure

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """First the copies lose their comments and blanks: readers of the code need them, browsers do not."""
        own = [] if dry_run else list(filter(_is_own_code, paths))
        for path in own:
            self._minify(path)
        # Django would read the sources once more, and not the copies.
        yield from super().post_process(paths | {path: (self, path) for path in own}, dry_run, **options)

    def _minify(self, path: str) -> None:
        copy = Path(self.path(path))
        copy.write_text(MINIFIERS[copy.suffix](_whole(copy)))


def _whole(copy: Path) -> str:
    """A script as it is, a style with those of its own folder that it imports."""
    text = copy.read_text()
    return IMPORTED.sub(lambda found: _whole(copy.with_name(found[1])), text) if copy.suffix == ".css" else text


def _is_own_code(path: str) -> bool:
    """Not the administration's: its scripts may have licences to keep."""
    return path.startswith(OWN) and Path(path).suffix in MINIFIERS
