"""What is typed, made plain: words whose letters stand in the order in which they are read, and addresses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from champions.known_as import is_plain

TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of what follows, so that 'txt.exe' reads as 'exe.txt'. No script needs them."""
WRONG = "Enter an address in the right form, like name@example.org"


class Words(forms.CharField):
    """Every box for words in the network."""

    def to_python(self, value: Any) -> Any:
        """Without signs that turn the direction."""
        return super().to_python(value.translate(TURNS) if isinstance(value, str) else value)


def only_plain(address: str) -> None:
    """Refuse an address that is written in an unusual way."""
    if not is_plain(address):
        raise ValidationError(WRONG, code="invalid")


class Address(forms.EmailField):
    """Somebody's address, as it is usually written."""

    default_validators = [validate_email, only_plain]  # noqa: RUF012 - as Django has it
