"""Sign-ins that failed. To delete a row is to let its name, network or browser try again at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models import FailedSignIn
from chat.sessions.throttle import pause


@admin.register(FailedSignIn)
class FailedSignInAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    fields = list_display = ("name", "network", "failures", "last_failure", "waits_until")
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FailedSignIn | None = None) -> bool:
        return False

    @admin.display(description=_("username"), ordering="username")
    def name(self, row: FailedSignIn) -> str:
        return row.username

    @admin.display(description=_("from"), ordering="ip_address")
    def network(self, row: FailedSignIn) -> str:
        return str(_("a known browser")) if row.user_agent else row.ip_address

    @admin.display(description=_("failures"), ordering="failures_since_start")
    def failures(self, row: FailedSignIn) -> int:
        return row.failures_since_start

    @admin.display(description=_("last failure"), ordering="attempt_time")
    def last_failure(self, row: FailedSignIn) -> datetime:
        return row.attempt_time

    @admin.display(description=_("has to wait until"))
    def waits_until(self, row: FailedSignIn) -> datetime | None:
        until = row.attempt_time + pause(row.failures_since_start)
        return until if until > timezone.now() else None
