"""Names as they are sought."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Case, Q, Value, When

from chat.folding import fold


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """The row's names, folded whenever it is stored, one by one or in bulk."""

    def __init__(self, *, of: Collection[str]) -> None:
        super().__init__(default="", editable=False)
        self.of = of

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, _options = super().deconstruct()
        return name, path, list(args), {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = folded_names(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, value)
        return value


class Folded(models.Model):
    """Is sought by its names. To store one of them alone is to store the folded ones too."""

    folded: FoldedField

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        fields = None if update_fields is None else set(update_fields)
        if fields:
            fields.update(name for name, of in self._folded().items() if not fields.isdisjoint(of))
        super().save(update_fields=fields, **options)

    @classmethod
    def _folded(cls) -> dict[str, Collection[str]]:
        return {field.name: field.of for field in cls._meta.get_fields() if isinstance(field, FoldedField)}


Row = TypeVar("Row", bound=Folded)


def folded_names(*names: str) -> str:
    """Each word has a space before it, so that the beginnings of words can be told."""
    return "".join(f" {word}" for name in names for word in fold(name).split())


def sought(rows: models.QuerySet[Row], text: str) -> models.QuerySet[Row]:
    """The rows whose names hold all the words of `text`, those first where the words begin so; in the order of names."""
    words = fold(text).split()
    if not words:
        return rows.order_by("folded", "pk")
    anywhere = Q(*(Q(folded__contains=word) for word in words))
    beginning = Q(*(Q(folded__contains=f" {word}") for word in words))
    rank = Case(When(beginning, then=Value(0)), default=Value(1))
    return rows.filter(anywhere).order_by(rank, "folded", "pk")
