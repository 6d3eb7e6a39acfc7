"""What `manage.py check` says of the keys that sign badges."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from certificates.badges.keys import BadKey, are_in_environment, can_sign, public_keys
from training.privacy.keyfile import is_open_to_others


@register()
def badges_have_a_key(**_: Any) -> list[CheckMessage]:
    """Without a key there are no badges; with one that others can read, anybody makes them."""
    try:
        public_keys()
    except BadKey as error:
        return [Error(str(error), id="certificates.E001")]
    if not can_sign():
        hint = "Set BADGE_KEYS, or make the file with: manage.py badge_keys --new"
        return [Warning("No badges can be had: there is no key to sign them.", hint=hint, id="certificates.W001")]
    if not are_in_environment() and is_open_to_others(settings.BADGE_KEY_FILE):
        hint = "chmod 600 the file, and change its key: manage.py badge_keys --new"
        return [
            Warning("Others on this machine can read the file of keys for badges.", hint=hint, id="certificates.W002")
        ]
    return []
