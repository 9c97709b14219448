"""A server process that tests start, stop, pause and kill."""

import contextlib
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM, Signals
from typing import Any

START_SECONDS = 30.0
STOP_SECONDS = 20.0


class ServerProcess:
    """Subclasses say how it is started and when it is ready."""

    stop_signal = SIGTERM

    def __init__(self, log: Path) -> None:
        self.log_path = log
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str]:
        raise NotImplementedError

    def options(self) -> Mapping[str, Any]:
        """More arguments for Popen."""
        return {}

    def ready(self) -> bool:
        raise NotImplementedError

    @property
    def pid(self) -> int:
        assert self.process is not None, "not started"
        return self.process.pid

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def start(self) -> None:
        assert self.process is None, "started already"
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, **self.options()
            )
        until = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"{type(self).__name__} did not start:\n{self.log}")
            time.sleep(0.02)

    def stop(self) -> int:
        """End it in its own way; the exit status."""
        self.resume()
        return self._end(self.stop_signal)

    def kill(self) -> None:
        """kill -9: it gets no chance to tidy up."""
        self._end(SIGKILL)

    def restart(self) -> None:
        """Start again at the same address, whatever became of it."""
        self.end()
        self.start()

    def pause(self) -> None:
        """It hangs: connections stay open, nothing answers."""
        self.signal(SIGSTOP)

    def resume(self) -> None:
        self.signal(SIGCONT)

    def signal(self, number: Signals) -> None:
        assert self.process is not None, "not started"
        self.process.send_signal(number)

    def close(self) -> None:
        """It is needed no more: subclasses remove what it leaves behind."""
        self.end()

    def end(self) -> None:
        """Whatever became of it: it is gone after this."""
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop()
        if self.process is not None:
            self.kill()

    def _end(self, number: Signals) -> int:
        assert self.process is not None, "not started"
        self.process.send_signal(number)
        status = self.process.wait(STOP_SECONDS)
        self.process = None
        return status
