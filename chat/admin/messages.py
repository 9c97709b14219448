"""Messages, to look at and to take out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from chat.actions.moderation import moderate
from chat.admin.confirmed import ask_first
from chat.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    fields = ("room", "position", "author", "body", "file_names", "created", "edited", "deleted", "reply_to")
    list_display = ("__str__", "author", "beginning", "created", "deleted")
    list_filter = ("deleted", ("room", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("room", "author")
    search_fields = ("body", "author__username", "author__full_name")
    ordering = ("-pk",)
    show_full_result_count = False
    actions = ("take_out",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_take_out_permission(self, request: HttpRequest) -> bool:
        return super().has_delete_permission(request)

    @admin.display(description=_("text"))
    def beginning(self, message: Message) -> str:
        return Truncator(message.body or self.file_names(message)).chars(80)

    @admin.display(description=_("files"))
    def file_names(self, message: Message) -> str:
        """By their names alone: whoever keeps order need not be in the room."""
        return ", ".join(one["name"] for one in message.attachments)

    @admin.action(description=_("Delete the selected messages for everyone"), permissions=["take_out"])
    def take_out(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        question = _("Delete these messages for everyone?")
        return ask_first(self, request, queryset, question=question, then=_moderate)


def _moderate(messages: list[Any]) -> None:
    moderate(messages=messages)
