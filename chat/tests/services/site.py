"""A whole Prosa as real processes: its database, its data directory, and the daphnes that serve it."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chat.management.server import daphne_command
from chat.tests.services.environment import PROJECT, clean, free_port
from chat.tests.services.process import ServerProcess
from chat.tests.services.shell import Shell


class Daphne(ServerProcess):
    """One daphne on a port of its own, which it keeps when it is killed and started again."""

    def __init__(self, log: Path, environment: Mapping[str, str]) -> None:
        super().__init__(log)
        self.environment = dict(environment)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ws_url = f"ws://127.0.0.1:{self.port}/ws/chat/"

    def command(self) -> Sequence[str]:
        return [sys.executable, *daphne_command("127.0.0.1", self.port)]

    def options(self) -> Mapping[str, Any]:
        return {"cwd": PROJECT, "env": self.environment}

    def terminate(self) -> int:
        return self.stop()

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


class Site:
    """One environment, any number of daphnes."""

    def __init__(self, directory: Path, **variables: str) -> None:
        self.directory = directory
        self.environment = clean(
            DJANGO_SETTINGS_MODULE="chatproject.settings", DATA_DIR=str(directory), PYTHONUNBUFFERED="1", **variables
        )
        self.daphnes: list[Daphne] = []
        self._shells: dict[str, Shell] = {}

    def manage(self, *arguments: str, given: str = "", **variables: str) -> str:
        """Run a management command; what it printed."""
        outcome = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment | variables,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome.stdout

    def call(self, module: str, function: str, *arguments: Any) -> Any:
        """Call a function in a management process, which stays until the end; arguments and result are JSON."""
        if module not in self._shells:
            self._shells[module] = Shell(self.environment, module, self.directory / "shell.log")
        return self._shells[module].call(function, *arguments)

    def create_user(self, name: str, password: str = "a good long password", *options: str) -> None:
        self.manage("create_user", name, "--password-stdin", *options, given=password)

    def create_room(self, name: str, *options: str) -> int:
        return int(self.manage("create_room", name, *options).split()[-1])

    def daphne(self, kind: type[Daphne] = Daphne, **variables: str) -> Daphne:
        """One more daphne, serving."""
        log = self.directory / f"daphne-{len(self.daphnes)}.log"
        server = kind(log, self.environment | variables)
        self.daphnes.append(server)
        server.start()
        return server

    def close(self) -> None:
        for shell in self._shells.values():
            shell.close()
        for server in self.daphnes:
            server.close()
