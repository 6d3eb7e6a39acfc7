"""What a newsletter can tell: drafted from what is new, in plain words that the coordinator then edits."""

from datetime import datetime, timedelta

from django.db.models import Sum

from champions.models import CascadeVersion, ChampionStep, ChampionStepQuerySet, Meeting, Newsletter, NewsletterStop
from champions.selectors.enquiries import kept_answers
from champions.selectors.packs import packs, resources_on_shelf
from training.access.clock import london_date
from training.people.models import Locality, Partnership

FIRST_LOOKS_BACK = timedelta(days=90)
FEW = 10


def draft(partnership: Partnership, *, at: datetime) -> str:
    """What is new since the last one: meetings, resources, answers, districts where help is wanted, thanks."""
    last = Newsletter.objects.filter(partnership=partnership, sent_at__isnull=False).order_by("-sent_at").first()
    since = last.sent_at if last and last.sent_at else at - FIRST_LOOKS_BACK
    pieces = {
        "Meetings to come": _meetings(partnership, at),
        "New to read": [page.title for page in (*packs(), *resources_on_shelf()) if page.first_published_at >= since],
        "Asked and answered": [
            each.title for each in kept_answers(partnership).filter(kept_on__gte=london_date(since))
        ],
        "Where a champion is wanted": _gaps(partnership, at),
        "Thank you": _thanks(partnership, since),
    }
    told = [f"{title}\n" + "\n".join(f"- {line}" for line in lines) for title, lines in pieces.items() if lines]
    return "\n\n".join(told) or "There is nothing new since the last letter."


def readers(partnership: Partnership, *, at: datetime) -> ChampionStepQuerySet:
    """The active champions who want newsletters."""
    stops = NewsletterStop.objects.everywhere(reason="who does not want newsletters").values("champion")
    steps = ChampionStep.objects.everywhere(reason="to whom a newsletter goes").current_on(london_date(at)).active()
    return steps.filter(partnership=partnership, champion__isnull=False).exclude(champion__in=stops)


def _meetings(partnership: Partnership, at: datetime) -> list[str]:
    meetings = Meeting.objects.of(partnership).taking_place().filter(starts_at__gt=at)
    return [f"{each.title}, {each.held_on.day} {each.held_on:%B %Y}" for each in meetings.order_by("starts_at")]


def _gaps(partnership: Partnership, at: datetime) -> list[str]:
    """Districts without an active champion."""
    steps = ChampionStep.objects.everywhere(reason="districts without a champion").filter(partnership=partnership)
    there = steps.current_on(london_date(at)).active().filter(locality__isnull=False).values("locality")
    missing = Locality.objects.filter(partnership=partnership).exclude(pk__in=there)
    return list(missing.order_by("title").values_list("title", flat=True))


def _thanks(partnership: Partnership, since: datetime) -> list[str]:
    """By numbers, and by none that is small."""
    rows = CascadeVersion.objects.everywhere(reason="how many were reached, in all").counted()
    rows = rows.filter(cascade__champion__partnership=partnership, held_on__gte=london_date(since))
    people = rows.aggregate(people=Sum("people"))["people"] or 0
    return [f"Your briefings reached {people} people."] if people >= FEW else []
