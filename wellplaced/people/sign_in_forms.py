"""allauth's forms with our labels and words."""

from typing import Any

from allauth.account import forms as account
from django import forms

HINT = "At least 12 characters. Three words that do not belong together are easy to remember and hard to guess."
EMAIL_ERRORS = {
    "required": "Enter your email address",
    "invalid": "Enter an email address like name@example.com",
}


class SignIn(account.LoginForm):  # type: ignore[misc]
    """Email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], "Email address", EMAIL_ERRORS)
        _say(self.fields["password"], "Password", {"required": "Enter your password"})
        self.fields["password"].help_text = ""


class AskForReset(account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], "Email address", EMAIL_ERRORS)


class NewPassword(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_new_password(self)


class ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]
    """The present password, and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], "Present password", {"required": "Enter your present password"})
        self.fields["oldpassword"].help_text = ""
        _say_new_password(self)


def _say_new_password(form: forms.BaseForm) -> None:
    _say(form.fields["password1"], "New password", {"required": "Enter a new password"})
    _say(form.fields["password2"], "New password again", {"required": "Enter the new password again"})
    form.fields["password1"].help_text = HINT


def _say(field: forms.Field, label: str, errors: dict[str, str]) -> None:
    field.label = label
    field.error_messages |= errors
    field.widget.attrs.pop("placeholder", None)
