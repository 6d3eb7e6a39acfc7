"""The first page of an agency: how it stands, what changed, what is coming, what to mend, what waits for a decision."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.ledger.selectors import Tally
from training.ledger.standing import State
from training.strategy.suppress import NOT_REQUIRED, whole_percent
from training.ui.standings import STANDINGS

from .changes import Changes, changes_of, since
from .figures import Headline, headline
from .grid import left_out
from .quality import Quality, quality_of
from .queues import queues_of
from .visit import looked, visit


@requires(Permission.SEE_STAFF)
def agency(request: Request, code: str) -> HttpResponse:
    """Today at a glance; each figure leads to the people behind it."""
    seen = visit(request, code)
    mine, on = seen.agency, seen.today
    people = reverse("agency-people", args=[mine.code])
    figures = headline(mine, on=on)
    quality = quality_of(mine, on=on)
    looked(request, seen, "overview read")
    context = {
        "agency": mine,
        "seen": seen,
        "since": since(on),
        "figures": figures,
        "stats": _stats(figures.whole),
        "changes": _changes(changes_of(mine, on=on), people),
        "due": _due(figures, people),
        "left_out": left_out(figures.whole),
        "quality": quality,
        "score": percent(quality.known, quality.asked),
        "parts": _parts(quality, people, {"locality": reverse("workplaces", args=[mine.code])}),
        "queues": [
            [{"text": queue.title, "url": queue.url}, {"text": str(queue.count), "numeric": True}, queue.advice]
            for queue in queues_of(mine, request.access, on=on, at=seen.at)
        ],
        "queue_heads": ["What waits", {"text": "How many", "numeric": True}, "What to do"],
        "part_heads": [
            "What is known",
            {"text": "Of all posts", "numeric": True},
            {"text": "Share", "numeric": True},
            "Where to mend it",
        ],
    }
    return render(request, "home/agency/overview.html", context)


def percent(part: int, whole: int) -> str:
    """A share in whole per cent as the board's figures have it, or 'n/a' where there is nothing to share."""
    return f"{whole_percent(part, whole)}%" if whole else NOT_REQUIRED


def _stats(tally: Tally) -> list[dict[str, str]]:
    shown = (State.OVERDUE, State.DUE_SOON, State.NOT_STARTED)
    return [
        {
            "value": percent(tally.valid, tally.counted),
            "label": "In date",
            "note": f"{tally.valid:,} of {tally.counted:,} things required",
        },
        *({"value": f"{tally.of(state):,}", "label": STANDINGS[state.value].words} for state in shown),
    ]


def _changes(found: Changes, people: str) -> list[dict[str, str]]:
    words = {
        "in_date": "newly in date",
        "overdue": "newly overdue",
        "joined": "joined or new on the roster",
        "left": "left",
    }
    return [
        {"count": f"{count:,}", "words": text, "url": f"{people}?change={name}" if count else ""}
        for name, text in words.items()
        for count in [getattr(found, name)]
    ]


def _due(figures: Headline, people: str) -> list[dict[str, str]]:
    return [
        {
            "count": f"{each.count:,}",
            "words": f"within {each.days} days",
            "url": f"{people}?due={each.days}&sort=due" if each.count else "",
        }
        for each in figures.due
    ]


def _parts(quality: Quality, people: str, doors: dict[str, str]) -> list[list[Any]]:
    """What is known of the posts; `doors` are the pages where more can be said, for parts that have one."""
    return [
        [
            {"text": part.title, "url": f"{people}?missing={part.code}"} if part.missing else part.title,
            {"text": f"{part.known:,} of {part.posts:,}", "numeric": True},
            {"text": percent(part.known, part.posts), "numeric": True},
            _advice(part.advice, doors.get(part.code, "")) if part.missing else "Nothing to mend.",
        ]
        for part in quality.parts
    ]


def _advice(words: str, url: str) -> Any:
    return {"text": words, "url": url} if url else words
