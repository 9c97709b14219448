"""Sign-ins. The session's key, which is the cookie's value, is shown nowhere. To delete one is to sign the device out."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from chat.models import Session


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    fields = ("user", "device", "ip", "user_agent", "created", "last_seen", "expire_date")
    list_display = ("user", "ip", "user_agent", "last_seen", "created", "expire_date")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__full_name", "ip")
    ordering = ("-last_seen",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return (
            super().get_queryset(request).filter(user__isnull=False).defer("session_key", "session_data", "auth_hash")
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False
