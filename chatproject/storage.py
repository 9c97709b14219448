"""Static files under names that carry a hash of their content, so that browsers may keep them for ever."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from servestatic.storage import CompressedManifestStaticFilesStorage

OWN: Final = "chat/"
PROJECT: Final = Path(__file__).parent.parent
CODE: Final = {".css", ".js"}


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    max_post_process_passes = 20  # one for each link of the longest chain of imports, and one to be sure

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """First the copies become small: readers of the code need comments and names, browsers do not."""
        own = [] if dry_run else list(filter(_is_own_code, paths))
        if own and sys.platform == "linux":  # elsewhere there may be no minifier, and nobody to wait for what is large
            command = [sys.executable, "-m", "chatproject.minify", *map(self.path, own)]
            subprocess.run(command, cwd=PROJECT, check=True)  # noqa: S603  # files of our own
        # Django would read the sources once more, and not the copies.
        yield from super().post_process(paths | {path: (self, path) for path in own}, dry_run, **options)


def _is_own_code(path: str) -> bool:
    """Not the administration's: its scripts may have licences to keep."""
    return path.startswith(OWN) and Path(path).suffix in CODE
