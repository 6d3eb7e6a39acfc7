"""Asking a specialist from outside to answer an enquiry, by a link that works once and opens nothing else."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from champions.conditions import words as day_in_words
from champions.errors import AlreadyAsked, NotOpen
from champions.models import SPECIALIST_LINK_LASTS, Enquiry, EnquiryGuest
from champions.selectors.managers import keeps_address_away
from champions.services.enquiries import GONE, hold_enquiry
from champions.services.guests import GUEST, hash_of
from champions.services.turns import SUBJECT
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices

KIND = "enquiry"
BODY = """Hello

Somebody asks for a short answer from you, as a specialist. Read the question here:

{link}

The link works once, until {until}. If you do not know what it is about, you need do nothing. This mail has no reply.
"""


@transaction.atomic
def ask_specialist(*, enquiry: Enquiry, address: str, question: str, by: Actor, at: datetime) -> EnquiryGuest:
    """Put it to a specialist by address, in these words. AlreadyAsked while another link works; NotOpen."""
    hold_enquiry(enquiry)
    if not Enquiry.objects.everywhere(reason="whether it waits").open().filter(pk=enquiry.pk).exists():
        raise NotOpen(GONE)
    EnquiryGuest.objects.filter(enquiry=enquiry, open_until__lte=at).take_back(at)
    token, address = secrets.token_urlsafe(24), address.strip().lower()
    try:
        with transaction.atomic():
            guest = EnquiryGuest.objects.create(
                enquiry=enquiry,
                address=address,
                question=question,
                token_hash=hash_of(token),
                asked_at=at,
                asked_by=str(by),
                open_until=at + SPECIALIST_LINK_LASTS,
            )
    except IntegrityError as error:
        raise AlreadyAsked("A specialist is being asked. Wait for the answer, or take the question back.") from error
    if not keeps_address_away(enquiry.asker, address):  # else it stays open, and nobody learns why
        link = settings.BASE_URL + reverse("specialist-link", args=[token])
        body = BODY.format(link=link, until=day_in_words(london_date(guest.open_until)))
        notices.send(to=address, kind=KIND, subject=SUBJECT, body=body, at=at, useless_after=guest.open_until)
    _on_record("specialist asked", guest, by=by, at=at)
    return guest


def guest_at(token: str, *, at: datetime) -> EnquiryGuest | None:
    """The specialist whose link this is, while it works: not used, old, taken back, or answered by somebody else."""
    rows = EnquiryGuest.objects.open(at).filter(token_hash=hash_of(token))
    guest = rows.select_related("enquiry__partnership", "enquiry__asker").first()
    return None if guest is None or keeps_address_away(guest.enquiry.asker, guest.address) else guest


@transaction.atomic
def answer_as_specialist(*, guest: EnquiryGuest, words: str, at: datetime) -> None:
    """Their answer, once; the coordinator reads it over before anybody else does. Their address goes. NotOpen."""
    hold_enquiry(guest.enquiry)
    said = EnquiryGuest.objects.open(at).filter(pk=guest.pk).update(answered_at=at, address="")
    waiting = Enquiry.objects.everywhere(reason="an enquiry's way").open().filter(pk=guest.enquiry_id)
    if not said or not waiting.update(answer=words, answered_at=at, taken_by=None, taken_at=None):
        raise NotOpen(GONE)
    _on_record("specialist answered", guest, by=GUEST, at=at)


@transaction.atomic
def take_back_from_specialist(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """The link works no longer."""
    asked = EnquiryGuest.objects.asked().filter(enquiry=enquiry)
    for guest in asked.select_related("enquiry__partnership"):
        _on_record("specialist asked no longer", guest, by=by, at=at)
    asked.take_back(at)


def _on_record(verb: str, guest: EnquiryGuest, *, by: Actor, at: datetime) -> None:
    code = guest.enquiry.partnership.code
    audit.record(verb, by=by, at=at, kind="enquiry", uid=guest.enquiry.uid, partnership_code=code)
