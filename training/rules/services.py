"""A decision on a request for more time, and the word that goes out about it."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from training.access.actor import Actor
from training.notices import services as notices
from training.pathways import services as pathways
from training.pathways.models import ExtensionRequest

BODY = """Hello

Your HR team has decided about your learning. Sign in to see what they said:

{address}
"""


@transaction.atomic
def decide(*, request: ExtensionRequest, due_on: date | None, by: Actor, at: datetime) -> None:
    """Agree to a day, or decline without one; the one it is about is told that there is a decision, and not which."""
    if due_on is None:
        pathways.decline_request(request=request, by=by, at=at)
    else:
        pathways.agree_request(request=request, due_on=due_on, by=by, at=at)
    login = request.post.employment.person.user
    if login is not None:
        address = settings.BASE_URL + reverse("more-time", args=[request.module.uid])
        notices.send(to=login, kind="decision", subject="Learning", body=BODY.format(address=address), at=at)
