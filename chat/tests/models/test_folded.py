"""Names are sought as they are, however a row was stored."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from chat.models import Room, User
from chat.models.folded import sought

pytestmark = pytest.mark.django_db


def new(*names: str) -> None:
    User.objects.bulk_create(User(username=f"u{number}", full_name=name) for number, name in enumerate(names))


def found(text: str) -> list[str]:
    return [user.full_name for user in sought(User.objects.all(), text)]


def test_a_name_is_found_however_it_was_stored() -> None:
    User.objects.create(username="one", full_name="João One")
    User.objects.bulk_create([User(username="two", full_name="João Two")])
    three = User.objects.create(username="three", full_name="Three")
    three.full_name = "João Three"
    three.save(update_fields=["full_name"])
    assert found("joao") == ["João One", "João Three", "João Two"]


def test_a_former_name_is_not_found() -> None:
    user = User.objects.create(username="one", full_name="Former")
    user.full_name = "Present"
    user.save()
    assert (found("former"), found("present")) == ([], ["Present"])


def test_storing_something_else_leaves_the_names_alone() -> None:
    user = User.objects.create(username="one", full_name="As it was")
    user.full_name = "Not stored"
    user.save(update_fields=["email"])
    assert found("as it was") == ["As it was"]


def test_beginnings_of_words_come_first() -> None:
    new("Mariana Lopes", "Zoë Ana", "Ana Souza", "Bia Lima")
    assert found("ana") == ["Ana Souza", "Zoë Ana", "Mariana Lopes"]


def test_all_words_are_sought_in_any_order_and_in_all_names() -> None:
    new("Ana Souza", "Ana Lima")
    assert found("sou an") == ["Ana Souza"]
    assert found("lima u1") == ["Ana Lima"]
    assert found("ana caio") == []


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "a%b"])
def test_signs_of_the_database_mean_themselves(text: str) -> None:
    new("Ana Souza", f"Sign {text} here")
    assert found(text) == [f"Sign {text} here"]


@pytest.mark.parametrize("text", ["", "   ", "\0"])
def test_nothing_sought_is_everybody_in_the_order_of_names(text: str) -> None:
    new("Érica", "bia", "Ana")
    assert found(text) == ["Ana", "bia", "Érica"]


def test_rooms_are_sought_by_their_names() -> None:
    Room.objects.create(name="Cozinha & Café")
    assert [room.name for room in sought(Room.objects.all(), "cafe")] == ["Cozinha & Café"]


def test_those_who_were_there_before_are_found() -> None:
    User.objects.create(username="one", full_name="João")
    User.objects.update(folded="")
    import_module("chat.migrations.0006_fold_names").fold_names(apps, connection.schema_editor())
    assert found("joao") == ["João"]
