"""The environment: every variable does what it says, and a wrong value stops the start in one line."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import hashers

from chat.tests.services.environment import PROJECT, clean
from chatproject import address
from chatproject.hashers import Argon2PasswordHasher

pytestmark = pytest.mark.process

SHOW = """
import json
from chatproject import settings
shown = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
del shown["LOGGING"]  # its formatter is made of objects
print(json.dumps(shown, default=str))
"""


def run(data: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = clean(**{"DATA_DIR": str(data)} | variables)
    return subprocess.run(
        [sys.executable, *command], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


def settings(data: Path, **variables: str) -> dict[str, Any]:
    outcome = run(data, "-c", SHOW, **variables)
    assert outcome.returncode == 0, outcome.stderr
    shown: dict[str, Any] = json.loads(outcome.stdout)
    return shown


WRONG = [
    ("PORT", "eighty", "a whole number from 1 to 65535"),
    ("PORT", "70000", "a whole number from 1 to 65535"),
    ("DEBUG", "perhaps", "1 or 0"),
    ("SESSION_AGE", "-1", "a whole number from 1 to"),
    ("REVALIDATE_SECONDS", "0", "a whole number from 1 to 3600"),
    ("PUBLIC_URL", "chat.example.org", "http:// or https://"),
    ("PUBLIC_URL", "https://chat.example.org/prosa", "without a path"),
    ("DATABASE_URL", "mysql://localhost/chat", "sqlite:///PATH or postgres://"),
    ("DATABASE_URL", "nonsense", "sqlite:///PATH or postgres://"),
    ("DATABASE_URL", "sqlite:////nowhere/at/all/db.sqlite3", "in a directory that exists"),
    ("DATABASE_URL", "sqlite:////usr", "in a directory that exists"),
    ("REDIS_URL", "http://localhost", "redis://HOST:PORT/NUMBER"),
    ("REDIS_URL", "redis://", "redis://HOST:PORT/NUMBER"),
    ("REDIS_URL", "redis://localhost:port/0", "redis://HOST:PORT/NUMBER"),
    ("REDIS_URL", "redis://localhost:70000/0", "redis://HOST:PORT/NUMBER"),
    ("REDIS_URL", "redis://localhost:6379/one", "redis://HOST:PORT/NUMBER"),
    ("REDIS_URL", "unix://", "redis://HOST:PORT/NUMBER"),
    ("HOST", "*", "a host's name or an IP address"),
    ("HOST", ".example.org", "a host's name or an IP address"),
    ("HOST", "http://localhost", "a host's name or an IP address"),
    ("HOST", "127.0.0.1:8000", "a host's name or an IP address"),
    ("HOST", "two words", "a host's name or an IP address"),
    ("PUBLIC_URL", ",", "http:// or https://"),
    ("REDIS_URL", " , ,", "redis://HOST:PORT/NUMBER"),
    ("TRUSTED_PROXIES", ",", "IP addresses or networks"),
    ("SECRET_KEY_FALLBACKS", ",", "former keys"),
    ("TRUSTED_PROXIES", "nginx", "IP addresses or networks"),
    ("TRUSTED_PROXIES", "10.0.0.1/8", "IP addresses or networks"),
    ("TRUSTED_PROXIES", "0.0.0.0/0", "IP addresses or networks"),
    ("TRUSTED_PROXIES", "::/0", "IP addresses or networks"),
    ("UPLOAD_MB", "0", "a whole number from 1 to 100000"),
    ("UPLOAD_UNSENT_MB", "lots", "a whole number from 1 to"),
    ("UPLOAD_TYPES", "image/png", "endings of file names"),
    ("UPLOAD_TYPES", ",", "endings of file names"),
    ("UPLOAD_BLOCKED", "tar.gz", "endings of file names"),
    ("DATA_DIR", "/dev/null/data", "a directory that can be written"),
]


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
@pytest.mark.parametrize(
    "command", [("manage.py", "migrate"), ("-m", "daphne", "chatproject.asgi:application")], ids=["manage.py", "daphne"]
)
def test_a_wrong_value_stops_the_start_in_one_line(
    tmp_path: Path, command: tuple[str, ...], name: str, value: str, expected: str
) -> None:
    outcome = run(tmp_path, *command, **{name: value})
    assert outcome.returncode == 1
    (line,) = outcome.stderr.splitlines()
    assert name in line
    assert value.strip() in line
    assert expected in line


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("mysql://chat:hunter2@localhost/chat", "mysql://chat:***@localhost/chat"),
        ("mysql://chat:p@hunter2@localhost/chat", "mysql://chat:***@localhost/chat"),
        ("mysql://localhost/chat?password=hunter2&a=b", "mysql://localhost/chat?password=***&a=b"),
    ],
)
def test_a_wrong_value_shows_no_password(tmp_path: Path, url: str, shown: str) -> None:
    outcome = run(tmp_path, "manage.py", "check", DATABASE_URL=url)
    assert shown in outcome.stderr
    assert "hunter2" not in outcome.stderr


def test_the_defaults_are_those_of_the_readme(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert (found["HOST"], found["PORT"], found["DEBUG"]) == ("127.0.0.1", 8000, False)
    assert (found["SESSION_COOKIE_AGE"], found["REVALIDATE_SECONDS"], found["SITE_NAME"]) == (1209600, 20, "Prosa")
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "prosa.sqlite3")
    assert found["CHANNEL_LAYERS"]["default"]["BACKEND"] == "channels.layers.InMemoryChannelLayer"
    assert found["PUBLIC_ORIGINS"] == []
    assert not found["SESSION_COOKIE_SECURE"]


def test_an_empty_variable_is_an_unset_one(tmp_path: Path) -> None:
    empty = dict.fromkeys(("PORT", "DEBUG", "PUBLIC_URL", "REDIS_URL", "SECRET_KEY", "SITE_NAME"), "")
    assert settings(tmp_path, **empty) == settings(tmp_path)


def test_without_a_public_url_only_names_of_this_machine_are_allowed(tmp_path: Path) -> None:
    found = settings(tmp_path, HOST="192.168.1.5")
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "192.168.1.5"]
    assert found["CSRF_TRUSTED_ORIGINS"] == []


def test_host_origin_cookies_and_hsts_follow_from_the_public_url(tmp_path: Path) -> None:
    found = settings(tmp_path, PUBLIC_URL="https://Chat.example.org/, https://chat.example.net:8443")
    assert found["PUBLIC_ORIGINS"] == ["https://chat.example.org", "https://chat.example.net:8443"]
    assert found["CSRF_TRUSTED_ORIGINS"] == found["PUBLIC_ORIGINS"]
    assert {"chat.example.org", "chat.example.net"} < set(found["ALLOWED_HOSTS"])
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0


def test_the_deployment_checks_find_nothing_with_an_https_address(tmp_path: Path) -> None:
    command = ("manage.py", "check", "--deploy", "--fail-level=WARNING")
    outcome = run(tmp_path, *command, PUBLIC_URL="https://chat.example.org")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("System check identified no issues")
    assert run(tmp_path, *command, PUBLIC_URL="http://chat.example.org").returncode == 1


def test_passwords_are_hashed_with_argon2_first(tmp_path: Path) -> None:
    assert settings(tmp_path)["PASSWORD_HASHERS"][0].endswith(".Argon2PasswordHasher")
    ours, django = Argon2PasswordHasher(), hashers.Argon2PasswordHasher()
    assert (ours.time_cost, ours.memory_cost) == (django.time_cost, django.memory_cost), "as costly to guess"
    assert "p=1$" in ours.encode("a password", "a long enough salt"), "in one thread"


def test_no_proxy_is_trusted_that_is_not_named(tmp_path: Path) -> None:
    assert settings(tmp_path)["TRUSTED_PROXIES"] == []
    found = settings(tmp_path, TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8,2001:db8::/32")["TRUSTED_PROXIES"]
    assert found == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]


def test_a_plain_public_url_keeps_cookies_usable(tmp_path: Path) -> None:
    found = settings(tmp_path, PUBLIC_URL="http://chat.lan:8000")
    assert not found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://chat.example.org:443", "https://chat.example.org"),
        ("http://CHAT.example.org:80/", "http://chat.example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, expected: str) -> None:
    assert address.origin(url) == expected


@pytest.mark.parametrize(
    "url", ["ftp://a", "https://", "https://*.a", "https://u@a", "https://a?b", "//a", "https://a:x"]
)
def test_what_is_no_origin_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        address.origin(url)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = settings(tmp_path), settings(tmp_path)
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        keys = set(pool.map(lambda _: settings(tmp_path)["SECRET_KEY"], range(6)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_of_ones_own_is_kept_off_the_disk(tmp_path: Path) -> None:
    found = settings(tmp_path, SECRET_KEY="mine", SECRET_KEY_FALLBACKS="older, oldest")
    assert (found["SECRET_KEY"], found["SECRET_KEY_FALLBACKS"]) == ("mine", ["older", "oldest"])
    assert not (tmp_path / "secret_key").exists()


def test_the_limits_of_files_are_read(tmp_path: Path) -> None:
    found = settings(tmp_path, UPLOAD_MB="25", UPLOAD_UNSENT_MB="50", UPLOAD_TYPES=".PNG, pdf", UPLOAD_BLOCKED="exe")
    assert (found["UPLOAD_BYTES"], found["UNSENT_BYTES"]) == (25 * 1024 * 1024, 50 * 1024 * 1024)
    assert (found["UPLOAD_TYPES"], found["UPLOAD_BLOCKED"]) == (["png", "pdf"], ["exe"])


def test_several_redis_shard_the_groups(tmp_path: Path) -> None:
    layer = settings(tmp_path, REDIS_URL="redis://a:1/0, redis://b:2/0")["CHANNEL_LAYERS"]["default"]
    assert layer["BACKEND"] == "channels_redis.pubsub.RedisPubSubChannelLayer"
    assert layer["CONFIG"]["hosts"] == ["redis://a:1/0", "redis://b:2/0"]


@pytest.mark.parametrize("url", ["rediss://a", "redis://:secret@a:1/15?ssl_cert_reqs=none", "unix:///run/redis.sock"])
def test_every_way_of_naming_a_redis_is_understood(tmp_path: Path, url: str) -> None:
    assert settings(tmp_path, REDIS_URL=url)["CHANNEL_LAYERS"]["default"]["CONFIG"]["hosts"] == [url]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::1", "chat.lan", "localhost"])
def test_every_way_of_naming_a_host_is_understood(tmp_path: Path, host: str) -> None:
    assert settings(tmp_path, HOST=host)["HOST"] == host


def test_processes_hear_each_other_while_the_key_is_being_changed(tmp_path: Path) -> None:
    def prefix(**keys: str) -> str:
        return str(settings(tmp_path, REDIS_URL="redis://a", **keys)["CHANNEL_LAYERS"]["default"]["CONFIG"]["prefix"])

    both = prefix(SECRET_KEY="A", SECRET_KEY_FALLBACKS="B")
    assert prefix(SECRET_KEY="B", SECRET_KEY_FALLBACKS="A") == both
    assert prefix(SECRET_KEY="C", SECRET_KEY_FALLBACKS="B, A") == both
    assert prefix(SECRET_KEY="C") != both
