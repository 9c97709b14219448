"""DATABASE_URL becomes settings that keep what was committed, and wait for nothing for long."""

import psycopg
import pytest

from chat import conf
from chat.tests.services.postgres import PostgresServer
from chatproject import databases

pytestmark = pytest.mark.process


def test_sqlite_keeps_what_it_committed() -> None:
    database = databases.from_url("sqlite:////tmp/chat.sqlite3")
    assert database["NAME"] == "/tmp/chat.sqlite3"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgres_has_a_pool() -> None:
    database = databases.from_url("postgres://chat:p%40ss@db:5433/prosa?sslmode=require")
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db", 5433, "p@ss")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]
    assert database["CONN_MAX_AGE"] == 0


def test_postgres_waits_for_no_lock_for_long_and_compiles_nothing(postgres_server: PostgresServer) -> None:
    url = postgres_server.url(postgres_server.create())
    with psycopg.connect(url, options=databases.from_url(url)["OPTIONS"]["options"]) as connection:
        assert connection.execute("SHOW lock_timeout").fetchone() == ("1s",)
        assert connection.execute("SHOW jit").fetchone() == ("off",)


def test_every_thread_of_a_process_finds_a_connection() -> None:
    writer, janitor = 1, 1
    pool = databases.from_url("postgres://db/prosa")["OPTIONS"]["pool"]
    pages = conf.PAGES_AT_ONCE + conf.PASSWORDS_AT_ONCE
    assert pool["max_size"] == pages + conf.READERS + conf.WATCHERS + writer + janitor
