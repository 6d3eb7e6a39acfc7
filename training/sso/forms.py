"""The forms of signing in, in plain words. allauth's own do the checking; settings.ACCOUNT_FORMS names these."""

from typing import Any, cast

from allauth.account import forms as allauth
from django import forms
from django.utils import timezone

from . import services

ADDRESS = "Enter an email address in the correct format, like name@example.org"
PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."

CODE_BOX = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}


def _word(form: forms.BaseForm, name: str, label: str, *, required: str, hint: str = "", **messages: str) -> None:
    """Give a field our words, and take away the grey text that allauth writes into it."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages |= {"required": required} | messages
    field.widget.attrs.pop("placeholder", None)


class RequestCodeForm(allauth.RequestLoginCodeForm):
    """Asks for the address that a code is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "We will send a code to it. Use the address your agency knows you by."
        _word(self, "email", "Work email address", required="Enter your work email address", hint=hint, invalid=ADDRESS)

    def clean_email(self) -> str:
        """The address; the login that the code opens is looked up, or made for somebody on a roster."""
        email: str = super().clean_email()
        self._user = services.prepare_login(email, at=timezone.now())
        return email


class CodeForm(allauth.ConfirmLoginCodeForm):
    """Takes the code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", "Code", required="Enter the code from the email")
        self.fields["code"].widget.attrs |= CODE_BOX


class PasswordSignInForm(allauth.LoginForm):
    """Takes address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", "Work email address", required="Enter your work email address", invalid=ADDRESS)
        _word(self, "password", "Password", required="Enter your password")


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Asks for the address of the login whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "We will send a code to it."
        _word(self, "email", "Work email address", required="Enter your work email address", hint=hint, invalid=ADDRESS)

    def clean_email(self) -> str:
        """The address; a login is found by the same rules as at sign-in."""
        email: str = super().clean_email()
        user = services.prepare_login(email, at=timezone.now())
        self.users = [user] if user else []
        return email


class _TwoPasswords:
    """Our words for a new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form = cast(forms.BaseForm, self)
        _word(form, "password1", "New password", required="Enter a new password", hint=PASSWORD_HINT)
        _word(form, "password2", "New password again", required="Enter the new password again")


class NewPasswordForm(_TwoPasswords, allauth.ResetPasswordKeyForm):
    """A new password after a code."""


class SetPasswordForm(_TwoPasswords, allauth.SetPasswordForm):
    """A first password for a login that used codes alone."""


class ChangePasswordForm(_TwoPasswords, allauth.ChangePasswordForm):
    """A new password for one who knows the old."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", "Present password", required="Enter your present password")


class WorkAddressForm(forms.Form):
    """Asks a signed-in login for the work address under which its staff record stands."""

    address = forms.EmailField(
        label="Work email address",
        help_text="The one your agency's HR team has for you. We will send a code to it.",
        error_messages={"required": "Enter your work email address", "invalid": ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class AddressCodeForm(forms.Form):
    """Takes the code sent to the work address."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        error_messages={"required": "Enter the code from the email"},
        widget=forms.TextInput(attrs=CODE_BOX),
    )
