"""Forms that Django does not bring."""

from django import forms
from django.contrib.auth.forms import SetPasswordMixin, UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chat.models import User

_PASSWORD = "password1"  # noqa: S105  # the name of a field


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
