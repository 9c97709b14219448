"""Forms that Django does not bring."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordMixin, UsernameField
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from chat import conf
from chat.actions.naming import checked_full_name
from chat.errors import BadQuery
from chat.models import User
from chat.sessions.passwords import is_own_password
from chat.sessions.throttle import seconds_to_wait

_PASSWORD = "password1"  # noqa: S105  # the name of a field


class SignInForm(AuthenticationForm):
    """Its refusals are the same whether there is such an account or not."""

    def get_invalid_login_error(self) -> ValidationError:
        wait = self.request and seconds_to_wait(self.request)
        if not wait:
            return ValidationError(_("The username or the password is not right. Please try again."), "invalid_login")
        return ValidationError(
            _("Too many sign-ins have failed. Please wait %(time)s, then try again."),
            "throttled",
            {"time": spoken(wait)},
        )


class PasswordForm(PasswordChangeForm):
    """The present password may not be guessed at here either."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        if is_own_password(self.request, self.user, password):
            return password
        wait = seconds_to_wait(self.request)
        if not wait:
            raise ValidationError(self.error_messages["password_incorrect"], "password_incorrect")
        raise ValidationError(
            _("The password was wrong too often. Please wait %(time)s, then try again."),
            "throttled",
            {"time": spoken(wait)},
        )


class ProfileForm(forms.Form):
    """How one is shown to others, and how one is shown the pages."""

    full_name = forms.CharField(
        label=_("Full name"),
        required=False,
        max_length=conf.FULL_NAME_CHARACTERS,
        help_text=_("As others see it. Without one, they see your username."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )
    theme = forms.ChoiceField(label=_("Colours"), required=False, choices=User.Theme.choices, widget=forms.RadioSelect)

    def clean_full_name(self) -> str:
        try:
            return checked_full_name(self.cleaned_data["full_name"])
        except BadQuery:
            raise ValidationError(_("This name has characters that cannot stand in a name.")) from None


class PortraitForm(forms.Form):
    """A picture, of which nothing is believed: it is looked through where it is stored."""

    picture = forms.FileField()

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The file that was sent, for as long as it takes."""
        with NamedTemporaryFile() as file:
            for chunk in self.cleaned_data["picture"].chunks():
                file.write(chunk)
            file.flush()
            yield Path(file.name)


class SetupForm(forms.Form):
    """The first administrator. What is wrong with a name or a password is said by the action that makes the account."""

    username = UsernameField(label=_("Username"), max_length=User._meta.get_field("username").max_length)
    full_name = forms.CharField(
        label=_("Full name"),
        required=False,
        max_length=User._meta.get_field("full_name").max_length,
        help_text=_("As others will see it. You can leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        first, second = cleaned.get(_PASSWORD), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(_("The two passwords are not the same.")))
        return cleaned

    def take(self, error: ValidationError) -> None:
        """Show a refusal beside the field that it is about; one that names none is about the password."""
        if not hasattr(error, "error_dict"):
            self.add_error(_PASSWORD, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def spoken(seconds: float) -> str:
    """In whole minutes, in the reader's language."""
    now = timezone.now()
    return timesince(now - timedelta(minutes=math.ceil(seconds / 60)), now)
