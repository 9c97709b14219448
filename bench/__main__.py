"""Runs all benchmarks, or those that are named: `make bench`, `make bench BENCH=page`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """Each in a process of its own, as they set up Django in their own ways; how many failed."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}: there are {', '.join(known)}")
    commands = [[sys.executable, "-m", f"bench.{name}"] for name in wanted or known]
    return sum(subprocess.run(command, cwd=HERE.parent, check=False).returncode != 0 for command in commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
