"""What colleagues have asked Severnshire's champions: one answered, one that waits, one that has waited too long."""

from datetime import datetime, timedelta

from champions.models import Champion, ContactRequest
from champions.services.requests import ask, reply
from training.access.actor import Actor
from training.people.models import Partnership, Person

from .history import REASON

BETHAN = "bethan.talbot@aldermouth.example"
OTHER = "karen.appiah@aldermouth.example"
AMIRA = "amira.haddad@severnshire-hospitals.example"
LENA = "lena.marsh@severnshire-hospitals.example"
MAREK = "marek.zielinski@severnshire.example"
WORRIED = "A colleague asked me what to do when somebody is followed to work. Whom do we tell first?"
FOR_A_TEAM = "Could you come to a handover for ten minutes, in the week after next?"
NEXT = "We have a poster and do not know where it may hang."
CALL = "Front desk of the Civic Centre, Tuesdays and Thursdays until four. Ask for housing options."
About, Urgency = ContactRequest.About, ContactRequest.Urgency


def build_asked(partnership: Partnership, *, by: Actor, at: datetime) -> None:
    """Two of Bethan, who has answered the first; one of another champion, who has not."""
    bethan, other = _champion(partnership, BETHAN), _champion(partnership, OTHER)
    asked_at = at - timedelta(days=2)
    first = ask(
        sender=_person(AMIRA),
        champion=bethan,
        about=About.NEXT_STEP,
        urgency=Urgency.TODAY,
        words=WORRIED,
        by=by,
        at=asked_at,
    )
    reply(request=first, choice=ContactRequest.Reply.CALL, words=CALL, by=by, at=asked_at + timedelta(hours=2))
    for sender, champion, about, words, days in (
        (LENA, bethan, About.TEAM, FOR_A_TEAM, 1),
        (MAREK, other, About.RESOURCES, NEXT, 5),
    ):
        then = at - timedelta(days=days)
        ask(
            sender=_person(sender),
            champion=champion,
            about=about,
            urgency=Urgency.WEEK,
            words=words,
            by=by,
            at=then,
        )


def _person(address: str) -> Person:
    return Person.objects.everywhere(reason=REASON).get(employments__work_email=address)


def _champion(partnership: Partnership, address: str) -> Champion:
    return Champion.objects.everywhere(reason=REASON).get(partnership=partnership, person=_person(address))
