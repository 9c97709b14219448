"""Who is in which room. To add and to delete here is to join and to leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from chat.actions.memberships import add_members, remove_members
from chat.models import Membership, Room


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        room, user = cleaned.get("room"), cleaned.get("user")
        if room and room.kind == Room.Kind.DIRECT:
            raise ValidationError(_("Nobody can be added to a direct conversation."))
        before = Membership.objects.filter(room=room, user=user).first()
        if before and before.active:
            raise ValidationError(_("This person is in the room already."))
        if before:  # the row of somebody who left is taken up again
            self.instance = before
        return cleaned


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = MembershipForm
    fields = ("room", "user")
    autocomplete_fields = ("room", "user")
    list_display = ("user", "room", "joined")
    list_display_links = None
    list_filter = (("room", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("room", "user")
    search_fields = ("user__username", "user__full_name", "room__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).filter(active=True)

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Nobody leaves a room that everyone is in, or a direct one."""
        stays = obj is not None and (obj.room.everyone or obj.room.kind == Room.Kind.DIRECT)
        return super().has_delete_permission(request, obj) and not stays

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        add_members(room=obj.room, users=[obj.user])
        obj.pk = Membership.objects.get(room=obj.room, user=obj.user).pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        remove_members(room=obj.room, users=[obj.user])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for membership in queryset.select_related("room", "user").order_by("room_id"):
            remove_members(room=membership.room, users=[membership.user])
