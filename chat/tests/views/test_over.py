"""Whatever is asked under a session that is over: every path of the chat sends it to the sign-in, and none can be forgotten."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.urls import URLPattern, reverse

from chat.models import Session, User
from chat.tests.cast import Cast, Person
from chat.tests.views.conftest import Browse
from chat.urls import urlpatterns

FOR_EVERYBODY = {"login", "logout", "setup", "healthz", "readyz", "emoji"}
NO_SUCH_METHOD = 405


class Path(NamedTuple):
    name: str
    parameters: list[str]


PATHS = [
    Path(pattern.name, list(pattern.pattern.converters))
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern) and pattern.name and pattern.name not in FOR_EVERYBODY
]
ENDS: dict[str, Callable[[Person], Any]] = {
    "deleted": lambda one: Session.objects.filter(pk=one.session.pk).delete(),
    "of a disabled account": lambda one: User.objects.filter(pk=one.user.pk).update(is_active=False),
}


def address(path: Path, cast: Cast) -> str:
    """Of something that is there, so that its being there cannot be betrayed."""
    known = {"room_id": cast.garden.pk, "user_id": cast.bia.user.pk, "file_id": uuid4()}
    return reverse(path.name, kwargs={name: known.get(name, "x") for name in path.parameters})


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_path_tells_and_changes_nothing(cast: Cast, browse: Browse, path: Path, end: Callable[[Person], Any]) -> None:
    end(cast.ana)
    where = address(path, cast)
    answers = [
        browse(cast.ana).get(where),
        browse(cast.ana).post(where, "{}", content_type="application/json"),
    ]
    heard = [answer for answer in answers if answer.status_code != NO_SUCH_METHOD]
    assert heard
    for answer in heard:
        if answer.status_code == 302:
            assert answer["Location"].startswith("/login/")
        else:
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")


def test_the_paths_are_those_that_there_are() -> None:
    assert {"home", "room", "room-messages", "session", "password", "devices"} <= {path.name for path in PATHS}
