"""Guessing passwords is slow, and locks out nobody but the one who guesses."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from chat import conf
from chat.models import FailedSignIn, Session
from chat.tests.cast import Cast, make_cast
from chat.tests.views.guessing import FREE, PASSWORD, WRONG, attempt, fail, networks, pass_time


def test_after_a_few_failures_one_is_told_to_wait_and_how_long(cast: Cast) -> None:
    fail()
    response = attempt()
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= conf.SIGN_IN_FIRST_SECONDS
    assert "Please wait 1\xa0minute, then try again." in response.content.decode()
    assert 'value="ana"' in response.content.decode()


def test_who_takes_time_between_failures_is_counted_all_the_same(cast: Cast) -> None:
    for _ in range(FREE):
        response = attempt()
        assert (response.status_code, "Retry-After" in response) == (200, False)
        assert "is not right" in response.content.decode()
        pass_time(5)
    assert attempt().status_code == 429


def test_the_wait_is_told_in_the_readers_language(cast: Cast) -> None:
    fail()
    portuguese = Client(headers={"Accept-Language": "pt-br"})
    page = attempt(client=portuguese).content.decode()
    assert "1\xa0minuto" in page
    assert "Please" not in page


def test_the_right_password_has_to_wait_as_well(cast: Cast) -> None:
    fail()
    client = Client()
    assert attempt(PASSWORD, client=client).status_code == 429
    assert client.get("/session/").status_code == 401


def test_after_the_wait_the_right_password_is_enough_and_all_is_forgotten(cast: Cast) -> None:
    fail()
    pass_time(int(attempt()["Retry-After"]))
    assert attempt(PASSWORD).status_code == 302
    assert not FailedSignIn.objects.exists()
    fail(FREE)


def test_failures_while_waiting_prolong_nothing(cast: Cast) -> None:
    fail()
    pass_time(conf.SIGN_IN_FIRST_SECONDS - 10)
    assert [attempt().status_code for _ in range(3)] == [429] * 3
    assert int(attempt()["Retry-After"]) <= 10


def test_the_wait_doubles_up_to_the_longest(cast: Cast) -> None:
    fail()
    waits = []
    for _ in range(6):
        waits.append(int(attempt()["Retry-After"]))
        pass_time(waits[-1])
        fail(1)
    longest = int(conf.SIGN_IN_LONGEST_SECONDS)
    assert waits == [60, 120, 240, 480, longest, longest]


def test_failures_are_forgotten_in_time_and_their_rows_go(cast: Cast) -> None:
    fail(FREE, name="bia")
    fail(FREE)
    pass_time(conf.SIGN_IN_MEMORY_SECONDS)
    fail(1)
    assert [(row.username, row.failures_since_start) for row in FailedSignIn.objects.all()] == [("ana", 1)]


@pytest.mark.parametrize("variant", ["Ana", "ANA", " ana ", "ａｎａ", "ªna"])
def test_another_way_of_writing_a_name_gives_no_new_attempts(cast: Cast, variant: str) -> None:
    fail()
    assert attempt(name=variant).status_code == 429


def test_a_name_without_an_account_is_answered_as_one_with(cast: Cast) -> None:
    def answers(name: str) -> list[tuple[int, str]]:
        responses = [attempt(name=name) for _ in range(FREE + 1)]
        return [
            (one.status_code, re.sub(r'(token" value=")\w+', "", one.content.decode()).replace(name, "NAME"))
            for one in responses
        ]

    assert answers("ana") == answers("nobody")


def test_a_disabled_account_is_answered_as_one_that_is_not_there(cast: Cast) -> None:
    cast.ana.user.is_active = False
    cast.ana.user.save()
    assert attempt(PASSWORD).context["form"].errors == attempt(name="nobody").context["form"].errors


def test_a_colleagues_typos_lock_nobody_else_out(cast: Cast) -> None:
    while FailedSignIn.objects.filter(failures_since_start__gt=2 * FREE).count() == 0:
        pass_time(int(attempt().get("Retry-After", 0)))
    assert attempt(PASSWORD, name="bia").status_code == 302


def test_who_mistypes_first_and_then_signs_in_counts_for_nothing(cast: Cast) -> None:
    for _ in range(conf.SIGN_IN_NETWORK_FAILURES):
        fail(1)
        assert attempt(PASSWORD).status_code == 302


def test_right_passwords_are_never_slowed_down(cast: Cast) -> None:
    assert {attempt(PASSWORD).status_code for _ in range(conf.SIGN_IN_NETWORK_FAILURES + 1)} == {302}


def test_one_network_may_not_try_name_after_name(cast: Cast) -> None:
    for number in range(conf.SIGN_IN_NETWORK_FAILURES):
        fail(1, name=f"somebody{number}")
    response = attempt(name="one-more")
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= conf.SIGN_IN_LONGEST_SECONDS
    assert attempt(name="one-more", ip="192.0.2.8").status_code == 200
    pass_time(int(response["Retry-After"]))
    assert attempt(name="one-more").status_code == 200


def test_a_success_does_not_clear_what_its_network_did_to_others(cast: Cast) -> None:
    fail(FREE, name="bia")
    assert attempt(PASSWORD).status_code == 302
    assert attempt(name="bia").status_code == 429


def test_many_networks_may_not_try_one_name_for_ever(cast: Cast) -> None:
    for ip in networks(conf.SIGN_IN_NAME_FAILURES // FREE):
        fail(ip=ip)
    response = attempt(ip="203.0.113.9")
    assert response.status_code == 429
    pass_time(int(response["Retry-After"]))
    assert attempt(PASSWORD, ip="203.0.113.9").status_code == 302


def test_somebody_elsewhere_locks_the_owner_out_of_nothing(cast: Cast) -> None:
    fail(ip="198.51.100.66")
    assert attempt(ip="198.51.100.66").status_code == 429
    assert attempt(PASSWORD).status_code == 302


def test_who_has_one_ipv6_address_has_no_more_attempts_with_others_of_it(cast: Cast) -> None:
    for number in range(FREE):
        fail(1, ip=f"2001:db8:1:2::{number}")
    assert attempt(ip="2001:db8:1:2:ffff::1").status_code == 429
    assert attempt(ip="2001:db8:1:3::1").status_code == 200


def test_neither_password_nor_session_key_is_kept_or_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    with caplog.at_level(logging.DEBUG):
        fail(FREE, client=client)
        attempt(client=client)
        pass_time(60)
        attempt(PASSWORD, name="bia", client=client)
        key = str(client.session.session_key)
        client.post("/logout/")
    kept = str(list(FailedSignIn.objects.values()))
    logged = "\n".join(str(vars(record)) for record in caplog.records if not record.name.startswith("django.db"))
    assert "ana" in kept
    assert "ana" in logged
    for secret in (WRONG, PASSWORD, key):
        assert secret not in kept
        assert secret not in logged


def test_every_sign_in_and_sign_out_is_an_event(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    with caplog.at_level(logging.INFO, logger="chat.sessions"):
        fail(FREE, name="bia" * 40)
        attempt(name="bia" * 40)
        attempt(PASSWORD, client=client)
        device = Session.objects.get(session_key=client.session.session_key).device
        client.post("/logout/")
    events = [vars(record) for record in caplog.records if record.name == "chat.sessions.signals"]
    assert [event["msg"] for event in events] == [
        *["sign-in failed"] * FREE,
        "sign-in throttled",
        "signed in",
        "signed out",
    ]
    assert (events[0]["username"], events[0]["ip"]) == (("bia" * 40)[:50], "192.0.2.7")
    assert 0 < events[FREE]["retry_after"] <= conf.SIGN_IN_FIRST_SECONDS
    for event in events[-2:]:
        assert (event["user"], event["device"]) == (cast.ana.user.pk, device)
    assert events[-2]["ip"] == "192.0.2.7"


@pytest.mark.parametrize("command", [("axes_reset_username", "Ana"), ("axes_reset_ip", "192.0.2.7"), ("axes_reset",)])
def test_an_operator_ends_the_wait(cast: Cast, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    fail()
    call_command(*command)
    assert "1 attempts removed" in capsys.readouterr().out
    assert attempt(PASSWORD).status_code == 302


def test_of_many_guesses_at_once_no_more_are_answered_than_one_after_another(transactional_db: None) -> None:
    make_cast()
    together = Barrier(12)

    def guess(_number: int) -> int:
        together.wait(10)
        try:
            return int(attempt().status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as guessers:
        statuses = list(guessers.map(guess, range(12)))
    assert statuses.count(200) == FREE
    assert set(statuses) == {200, 429}
    assert FailedSignIn.objects.get().failures_since_start == FREE
