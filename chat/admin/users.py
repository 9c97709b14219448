"""People. An account is never deleted as a row: its messages would lose their author, and its name could return."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    SetUnusablePasswordMixin,
    UserChangeForm,
)
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chat.actions.accounts import anonymise
from chat.actions.portraits import remove_portrait
from chat.admin.confirmed import ask_first
from chat.models import User


class NewUserForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta(AdminUserCreationForm.Meta):
        model = User


class UserForm(UserChangeForm):  # type: ignore[type-arg]
    class Meta(UserChangeForm.Meta):
        model = User


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Django puts this text together when it is imported: so it is English for everybody.

    And it would store the whole row as it was read: an account that was disabled meanwhile would be active again.
    """

    usable_password_help_text = format_lazy(  # type: ignore[assignment]
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("If disabled, the current password for this user will be lost."),
    )

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        if commit:
            user.save(update_fields=["password"])
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    form = UserForm
    add_form = NewUserForm
    change_password_form = PasswordForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": ("full_name", "email")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("username", "full_name", "usable_password", "password1", "password2")},
        ),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "full_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("username", "full_name", "email")
    actions = ("remove_pictures", "close_account")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_close_account_permission(self, request: HttpRequest) -> bool:
        return super().has_delete_permission(request)

    @admin.action(description=_("Close the selected accounts for good"), permissions=["close_account"])
    def close_account(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        if request.user in queryset:
            self.message_user(request, _("Your own account cannot be closed here."), messages.ERROR)
            return None
        question = _("Close these accounts? Their messages stay, without a name.")
        return ask_first(self, request, queryset, question=question, then=_anonymise)

    @admin.action(description=_("Remove the pictures of the selected people"), permissions=["change"])
    def remove_pictures(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        having = list(queryset.exclude(picture=""))
        for user in having:
            remove_portrait(user=user)
        self.message_user(request, _("Pictures removed: %(count)s.") % {"count": len(having)}, messages.SUCCESS)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """In one commit, as on the account's own page: or changing one's own would sign this browser out."""
        with transaction.atomic():
            response: HttpResponse = super().user_change_password(request, id, form_url)
            if request.session.modified:
                request.session.save()
        return response


def _anonymise(users: list[Any]) -> None:
    for user in users:
        anonymise(user=user)
