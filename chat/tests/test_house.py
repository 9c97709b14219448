"""What is not Python code: the container files, the pins, the CI script, and the way `make run` starts."""

import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from chat.management.server import local_address, why_not
from chat.tests.services.environment import PROJECT, clean, free_port
from chat.tests.services.site import Site

pytestmark = pytest.mark.process


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
    return services


def test_a_taken_port_is_told_in_one_line(taken_port: int, make_site: Callable[..., Site]) -> None:
    outcome = serve(make_site(PORT=str(taken_port)).environment)
    assert outcome.returncode == 1
    assert outcome.stderr.splitlines() == [
        f"CommandError: Port {taken_port} of 127.0.0.1 is taken: stop what serves there, or choose another with PORT=…"
    ]


def test_an_address_of_another_machine_is_told_in_one_line(make_site: Callable[..., Site]) -> None:
    outcome = serve(make_site(HOST="192.0.2.1", PORT=str(free_port())).environment)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("CommandError: Cannot serve on 192.0.2.1, port ")
    assert len(outcome.stderr.splitlines()) == 1


def test_a_database_that_cannot_be_opened_is_told_in_one_line(make_site: Callable[..., Site], tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").write_text("no database")
    site = make_site(DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3", PORT=str(free_port()))
    outcome = serve(site.environment)
    assert outcome.returncode == 1
    shown = f"sqlite:///{tmp_path}/db.sqlite3"
    assert outcome.stderr.splitlines() == [
        f"CommandError: The database of DATABASE_URL, {shown}, cannot be used: file is not a database"
    ]


def test_a_database_that_is_not_there_is_told_without_its_password(make_site: Callable[..., Site]) -> None:
    url = f"postgres://prosa:hunter2@127.0.0.1:{free_port()}/prosa"
    outcome = serve(make_site(DATABASE_URL=url, PORT=str(free_port())).environment)
    (line,) = [line for line in outcome.stderr.splitlines() if line.startswith("CommandError")]
    assert url.replace("hunter2", "***") in line
    assert "hunter2" not in outcome.stderr + outcome.stdout


def test_a_free_port_is_no_problem() -> None:
    assert why_not("127.0.0.1", free_port()) == ""


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:1"), ("0.0.0.0", "http://127.0.0.1:1"), ("::1", "http://[::1]:1")],
)
def test_the_address_shown_is_one_that_a_browser_can_open(host: str, address: str) -> None:
    assert local_address(host, 1) == address


def test_the_code_that_compose_mounts_is_there(compose: dict[str, Any]) -> None:
    mounted = [volume.split(":")[0] for volume in compose["web"]["volumes"] if volume.startswith("./")]
    assert mounted
    assert all((PROJECT / path).is_dir() for path in mounted)


def test_compose_starts_a_command_that_exists(compose: dict[str, Any]) -> None:
    python, manage, command, *options = compose["web"]["command"]
    assert (python, manage) == ("python", "manage.py")
    usage = subprocess.run(
        [sys.executable, manage, command, "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert all(option in usage.stdout for option in options)


def test_the_web_waits_for_the_services_that_its_settings_name(compose: dict[str, Any]) -> None:
    web = compose["web"]
    named = {re.search(r"[@/](\w+):\d+/", web["environment"][name])[1] for name in ("DATABASE_URL", "REDIS_URL")}  # type: ignore[index]
    assert named == set(web["depends_on"]) == set(compose) - {"web"}
    assert all("healthcheck" in compose[name] for name in named)


def test_the_image_copies_what_its_build_needs() -> None:
    kept = {line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    dockerfile = (PROJECT / "Dockerfile").read_text()
    assert {"chat", "chatproject", "templates", "manage.py", "requirements.txt"} <= kept
    assert "USER prosa" in dockerfile
    assert all((PROJECT / name).exists() for name in kept)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_everything_that_is_installed_is_pinned(name: str) -> None:
    lines = [line for line in (PROJECT / name).read_text().splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 20
    assert [line for line in lines if not re.match(r"[\w.-]+==[\w.]+( ;|$)", line)] == []


def test_both_sets_of_pins_agree() -> None:
    runtime, dev = (pins(PROJECT / name) for name in ("requirements.txt", "requirements-dev.txt"))
    shared = set(runtime) & set(dev)
    assert "django" in shared
    assert {name: runtime[name] for name in shared} == {name: dev[name] for name in shared}


def test_the_ci_script_is_sound() -> None:
    for script in (".ci/run", ".ci/audit"):
        interpreter = shlex.split((PROJECT / script).read_text().splitlines()[0].removeprefix("#!"))
        subprocess.run([*interpreter, "-n", script], cwd=PROJECT, check=True)


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_a_python_that_will_not_do_is_told_in_one_line(tmp_path: Path, python: str) -> None:
    outcome = subprocess.run(
        ["make", "--no-print-directory", "run", f"PYTHON={python}", f"VENV={tmp_path}/venv"],
        cwd=PROJECT,
        env=clean(),
        capture_output=True,
        text=True,
        check=False,
    )
    told, noise = outcome.stderr.splitlines()
    assert told.startswith("Prosa needs Python 3.11 or newer")
    assert noise.startswith("make: ***")


def pins(path: Path) -> dict[str, str]:
    """Each package's pin, where it has one for every machine."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)$", path.read_text(), re.MULTILINE))


def serve(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Start it where it cannot start."""
    return subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
