"""Rooms. Their numbers belong to the changes in them; a room is archived, never deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chat.actions.rooms import create_room, save_room
from chat.models import Room

_MADE_HERE = [choice for choice in Room.Kind.choices if choice[0] != Room.Kind.DIRECT]


class RoomForm(forms.ModelForm):  # type: ignore[type-arg]
    """People make direct rooms among themselves; here one is neither made nor turned into another kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" not in self.fields:  # only to look at
            return
        if self.instance.kind == Room.Kind.DIRECT:
            self.fields["kind"].disabled = True
        else:
            self.fields["kind"].choices = _MADE_HERE  # type: ignore[attr-defined]
            self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.kind == Room.Kind.DIRECT and cleaned.get("everyone"):
            raise ValidationError(_("Not everyone can be in a direct conversation."))
        if self.instance.kind == Room.Kind.DIRECT and cleaned.get("archived"):
            raise ValidationError(_("A direct conversation is not archived: its people have no other one."))
        return cleaned


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = RoomForm
    fields = ("name", "kind", "topic", "everyone", "archived", "people", "messages_so_far", "created", "creator")
    readonly_fields = ("people", "messages_so_far", "created", "creator")
    list_display = ("__str__", "kind", "everyone", "archived", "people", "messages_so_far")
    list_filter = ("kind", "everyone", "archived")
    search_fields = ("name", "topic")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        counted = Count("memberships", filter=Q(memberships__active=True))
        rooms: QuerySet[Room] = super().get_queryset(request).annotate(members=counted)
        return rooms

    def has_delete_permission(self, request: HttpRequest, obj: Room | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Room, form: Any, change: bool) -> None:
        if not change:
            obj.pk = create_room(name=obj.name, kind=obj.kind).pk
            obj._state.adding = False
        save_room(room=obj)

    @admin.display(description=_("members"))
    def people(self, room: Room) -> str | SafeString:
        if room.pk is None:
            return "–"
        url = reverse("admin:chat_membership_changelist")
        return format_html('<a href="{}?room__id__exact={}">{}</a>', url, room.pk, getattr(room, "members", 0))

    @admin.display(description=_("messages"))
    def messages_so_far(self, room: Room) -> int:
        return room.last_position
