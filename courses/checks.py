"""What `manage.py check` says of the keys that seal learners' notes."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from courses.keeping.keys import BadKey, are_in_environment, keys
from training.privacy.keyfile import is_open_to_others


@register()
def notes_have_a_key(**_: Any) -> list[CheckMessage]:
    """Without a key notes are off; a key that others can read seals nothing."""
    try:
        found = keys()
    except BadKey as error:
        return [Error(str(error), id="courses.E001")]
    if not found:
        hint = "Set NOTES_KEYS, or make the file with: manage.py seal_notes --new-key"
        return [Warning("Learners cannot write notes: there is no key to seal them.", hint=hint, id="courses.W001")]
    if not are_in_environment() and is_open_to_others(settings.NOTES_KEY_FILE):
        hint = "chmod 600 the file, and change its key: manage.py seal_notes --new-key"
        return [Warning("Others on this machine can read the file of keys for notes.", hint=hint, id="courses.W002")]
    return []
