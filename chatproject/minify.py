"""Makes scripts and styles small, where they are: `python -m chatproject.minify FILE...`

They lose comments, blanks and long names, and styles take in what they import: a browser asks for one file, not for
twenty. This is a program of its own because the library brings Go's runtime with it, which no server has to carry.
"""

import re
import sys
from pathlib import Path
from typing import Final

from minify import string as minified

TYPES: Final = {".css": "text/css", ".js": "application/javascript"}
IMPORTED: Final = re.compile(r'@import "([\w-]+\.css)";')


def whole(path: Path) -> str:
    """A script as it is, a style with those of its own folder that it imports."""
    text = path.read_text()
    return IMPORTED.sub(lambda found: whole(path.with_name(found[1])), text) if path.suffix == ".css" else text


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]]
    texts = {path: whole(path) for path in paths}
    for path, text in texts.items():
        path.write_text(minified(TYPES[path.suffix], text))
