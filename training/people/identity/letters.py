"""Mails about records: a neutral subject, and a page to look at."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from training.people.models import Sameness, User

SUBJECT = "Your learning record"


def tell_of_merge(said: Sameness) -> None:
    """Tell whoever signs in with one of the records that HR has merged them, so that a wrong merge is noticed."""
    users = User.objects.filter(person__in=(said.record_id, said.same_as_id))
    _send("records_merged", users.values_list("email", flat=True), "learning")


def _send(name: str, addresses: Iterable[str], page: str) -> None:
    body = render_to_string(f"people/email/{name}.txt", {"link": settings.BASE_URL + reverse(page)})
    for address in addresses:
        EmailMessage(SUBJECT, body.strip(), None, [address]).send()
