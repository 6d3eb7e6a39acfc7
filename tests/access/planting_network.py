"""Meetings and briefings of the network in the planted world."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from champions.models import (
    Addressed,
    Attendance,
    BriefingPack,
    Champion,
    Enquiry,
    GroupMessage,
    Handover,
    KeptAnswer,
    Newsletter,
)
from champions.services.agreement import ask_manager
from champions.services.attendance import note_came
from champions.services.briefings import Briefing, log_briefing
from champions.services.enquiries import ask_network, decide
from champions.services.enquiry_guests import ask_specialist
from champions.services.guests import invite_guest
from champions.services.meetings import Plan, plan_meeting
from champions.services.network import nominate
from champions.services.newsletters import stop_token
from champions.services.noticeboard import let_through, open_thread, say
from champions.services.packs import load_packs
from champions.services.resources import load_resources
from training.access.actor import Actor
from training.access.clock import today
from training.notices.models import Notice
from training.people.models import Agency, Partnership, Person

BY = Actor.system("test")


def plant_network(agency: Agency, partnership: Partnership, champion_uid: str) -> dict[str, str]:
    """A meeting of yesterday that one champion came to, and one of next week with a guest."""
    now = timezone.now()
    champion = Champion.objects.everywhere(reason="test").get(uid=champion_uid)
    meeting = _meeting(partnership, days=-1)
    note_came(meeting=meeting, champion=champion, by=BY, at=now)
    ahead = _meeting(partnership, days=7)
    token = invite_guest(meeting=ahead, address="guest@example.org", by=BY, at=now)
    load_packs()
    load_resources()
    pack = BriefingPack.objects.get(slug="pack-1")
    said = Briefing(pack=pack, agency=agency, people=7, held_on=today(), minutes=30, where="Front desk")
    briefing = log_briefing(champion=champion, briefing=said, by=BY, at=now)
    return {
        "briefing": str(briefing.uid),
        "pack": pack.slug,
        "resource": "resource-1",
        "area_file": str(_file_of(pack)),
        "meeting": str(meeting.uid),
        "meeting_ahead": str(ahead.uid),
        "guest": str(ahead.guests.get().uid),
        "guest_token": token,
        "attendance": str(Attendance.objects.everywhere(reason="test").get(meeting=meeting).uid),
    }


def plant_enquiry(partnership: Partnership, learner: Person, words: str) -> dict[str, str]:
    """The learner has asked the network, which has answered something else before."""
    now = timezone.now()
    asked = {"asker": learner, "partnership": partnership, "by": BY}
    ask_network(words=words, at=now, **asked)
    other = ask_network(words="Which forms are there?", at=now - timedelta(days=1), **asked)
    more = {"question": "Which forms are there?", "answer": "Two.", "said_by": "champion", "by": BY, "at": now}
    decide(enquiry=other, decision="kept", **more)
    enquiry = Enquiry.objects.everywhere(reason="test").get(words=words)
    kept = KeptAnswer.objects.filter(partnership=partnership).latest("pk")
    for_specialist = ask_network(words="Which posters are there?", at=now - timedelta(days=2), **asked)
    address = f"specialist.{learner.pk}@elsewhere.example"
    ask_specialist(enquiry=for_specialist, address=address, question="Which posters?", by=BY, at=now)
    mail = Notice.objects.everywhere(reason="test").get(address=address)
    token = mail.body.split("/answer/question/")[1].split("/")[0]
    return {"enquiry": str(enquiry.uid), "kept_answer": str(kept.uid), "specialist_token": token}


def plant_noticeboard(partnership: Partnership, champion_uid: str, words: str) -> dict[str, str]:
    """A champion has said two things: one is held, the other was let through."""
    now = timezone.now()
    author = Champion.objects.everywhere(reason="test").get(uid=champion_uid)
    thread = open_thread(partnership=partnership, title="Posters", by=BY, at=now)
    held, judged = (say(thread=thread, author=author, words=each, by=BY, at=now) for each in (words, f"{words} too"))
    let_through(contribution=judged, by=BY, at=now)
    sent = {"group": "lapsing", "subject": "Learning", "words": "News", "people": 1, "sent_at": now}
    number = GroupMessage.objects.filter(partnership=partnership).count() + 1
    message = GroupMessage.objects.create(partnership=partnership, sent_on=today(), number=number, **sent)
    addressed = Addressed.objects.create(message=message, person=author.person, words="News")
    letter = Newsletter.objects.create(partnership=partnership, words="News", made_at=now, sent_at=now)
    return {
        "thread": str(thread.uid),
        "addressed": str(addressed.uid),
        "newsletter": str(letter.uid),
        "stop_token": stop_token(author),
        "contribution": str(held.uid),
        "contribution_judged": str(judged.uid),
    }


def _file_of(pack: BriefingPack) -> int:
    """A file that the pack offers, made once."""
    if not pack.documents:
        document = get_document_model().objects.create(title="Slides", file=ContentFile(b"words", name="slides.pdf"))
        pack.documents = [("document", document)]
        pack.save()
    return min(pack.document_ids)


def plant_life(partnership: Partnership, learner: Person, champion_uid: str) -> dict[str, str]:
    """The learner's manager is asked to agree; a champion's checks in by a link; a hand-over waits."""
    now = timezone.now()
    put_forward = nominate(person=learner, partnership=partnership, on=now.date(), by=BY, at=now)
    question = ask_manager(champion=put_forward, asks="agree", by=BY, at=now)
    champion = Champion.objects.everywhere(reason="test").get(uid=champion_uid)
    ask_manager(champion=champion, asks="check_in", address="manager@elsewhere.example", overrules=True, by=BY, at=now)
    mail = Notice.objects.everywhere(reason="test").filter(address="manager@elsewhere.example").latest("pk")
    handover = Handover.objects.create(champion=put_forward, why="left", opened_on=now.date())
    return {
        "question": str(question.uid),
        "link": mail.body.split("/answer/")[1].split("/")[0],
        "handover": str(handover.uid),
    }


def _meeting(partnership: Partnership, *, days: int):
    starts_at = timezone.now() + timedelta(days=days)
    ends_at = starts_at + timedelta(hours=2)
    plan = Plan(title="Meeting", starts_at=starts_at, ends_at=ends_at, agenda="News", minutes=90, place="The hall")
    return plan_meeting(partnership=partnership, plan=plan, by=BY, at=starts_at - timedelta(days=9))


def network_bodies() -> dict[str, dict[str, Any]]:
    """What is posted to the pages of meetings."""
    return {
        "card": {"code": "CDF HJK", "useful": "5", "knows_next": "4"},
        "coming": {"kind": "coming"},
        "no_such_reason": {"reason": "none of these"},
        "confirm": {"does": "confirm"},
        "waiting": {"outcome": "waiting"},
        "room_code": {"code": "CDF HJK"},
        "news": {"words": "News"},
        "guest_answer": {"kind": "coming", "name": "A guest"},
    }
