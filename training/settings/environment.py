"""Reading settings from the environment; a missing one names itself."""

import os

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable's text, or the default; without one, a variable unset or empty is an error that names it."""
    value = os.environ.get(name, default or "")
    if default is None and not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: see .env.example for what it means.")
    return value


def switch(name: str, default: bool) -> bool:
    """A yes or a no."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 'on' or 'off', not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str | None = None) -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
