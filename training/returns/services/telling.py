"""The mails about returns: that something waits, and never what."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from training.notices import services as notices
from training.people.models import User

SUBJECT = "Learning"
WORDS = {
    "open": "Your quarterly return can be filled in now.",
    "soon": "Your quarterly return is due in a week.",
    "late": "Your quarterly return is late.",
    "to_sign": "A quarterly return waits for you to sign it.",
    "sent_back": "A quarterly return of yours has been sent back, with a reason.",
}
BODY = """Hello

{words} Here it is:

{link}

You will be asked to sign in. This mail has no reply.
"""


def tell(users: Iterable[User], what: str, page: str, *, at: datetime) -> int:
    """Put a mail to each into the outbox; how many."""
    body = BODY.format(words=WORDS[what], link=settings.BASE_URL + page)
    return len([notices.send(to=user, kind="return", subject=SUBJECT, body=body, at=at) for user in users])
