"""A management process that stays: what tests do behind the server's back, without a new process for each call."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from chat.tests.services.environment import PROJECT

END_SECONDS = 20.0


class Shell:
    """Calls functions of a module whose `serve()` reads calls and writes results, a line of JSON each."""

    def __init__(self, environment: Mapping[str, str], module: str, log: Path) -> None:
        self._log = log
        self._one_at_a_time = Lock()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "manage.py",
                    "shell",
                    "--verbosity=0",
                    "--command",
                    f"from {module} import serve; serve()",
                ],
                cwd=PROJECT,
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def call(self, function: str, *arguments: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        with self._one_at_a_time:
            self._process.stdin.write(json.dumps([function, arguments]) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        assert answer, self._log.read_text(errors="replace")
        return json.loads(answer)

    def close(self) -> None:
        self._process.communicate(timeout=END_SECONDS)
