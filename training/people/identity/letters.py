"""Mails about records: a neutral subject, and a page to look at."""

from collections.abc import Iterable
from datetime import date, datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from training.people.addresses import people_at
from training.people.models import Correction, Employment, Person, Sameness, User

SUBJECT = "Your learning record"


def tell_of_merge(said: Sameness) -> None:
    """Tell whoever signs in with one of the records that HR has merged them, so that a wrong merge is noticed."""
    users = User.objects.filter(person__in=(said.record_id, said.same_as_id))
    _send("records_merged", users.values_list("email", flat=True), "bring-earlier")


def tell_of_join(said: Sameness, *, on: date) -> None:
    """Tell every login and every work address of the person; not at one that may be somebody else's by now."""
    _send("records_joined", _addresses_of(said.same_as_id, on), "bring-earlier")


def tell_of_sharing(own: Person, *, on: date) -> None:
    """Tell the same addresses that the person shares their training, in case it was somebody else at their screen."""
    _send("records_joined", _addresses_of(own.pk, on), "shared-training")


def tell_of_answer(correction: Correction) -> None:
    """Tell whoever asked that HR has answered."""
    users = User.objects.filter(person=correction.person_id)
    _send("correction_answered", users.values_list("email", flat=True), "not-right")


def send_code(address: str, code: str, *, until: datetime) -> None:
    """Mail a code to a work address; without one, that no record can be found by this address."""
    body = render_to_string("people/email/earlier_code.txt", {"code": code})
    headers = {"Expires": format_datetime(until)}
    EmailMessage("Your code", body.strip(), None, [address], headers=headers).send()


def _addresses_of(record: int, on: date) -> list[str]:
    people = Person.objects.everywhere(reason="whom a join concerns")
    group = people.filter(same_as__in=people.filter(pk=record).values("same_as"))
    posts = Employment.objects.everywhere(reason="whom a join concerns").filter(person__in=group)
    work = set(posts.exclude(work_email="").values_list("work_email", flat=True))
    theirs = {address for address in work if set(people_at(address, on=on)) & set(group)}
    logins = {email.lower() for email in User.objects.filter(person__in=group).values_list("email", flat=True)}
    return sorted(theirs | (logins - work))


def _send(name: str, addresses: Iterable[str], page: str) -> None:
    body = render_to_string(f"people/email/{name}.txt", {"link": settings.BASE_URL + reverse(page)})
    for address in addresses:
        EmailMessage(SUBJECT, body.strip(), None, [address]).send()
