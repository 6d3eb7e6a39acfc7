"""Answers that the network has kept, and those that fit what is asked."""

from django.db.models import Case, Value, When

from champions.models import KeptAnswer
from champions.models.enquiries import KeptAnswerQuerySet
from champions.words import stems
from training.people.models import Partnership

MOST_SIMILAR = 5
MOST_STEMS = 30


def kept_answers(partnership: Partnership) -> KeptAnswerQuerySet:
    """Those that hold, newest first."""
    return KeptAnswer.objects.standing().filter(partnership=partnership)


def similar(partnership: Partnership, words: str) -> tuple[KeptAnswer, ...]:
    """Those that share at least two longer words with what is asked, or all where there is one. The closest first."""
    asked = stems(words)[:MOST_STEMS]
    met = sum((Case(When(stems__contains=f" {stem} ", then=1), default=0) for stem in asked), Value(0))
    found = kept_answers(partnership).annotate(met=met).filter(met__gte=max(1, min(2, len(asked))))
    return tuple(found.order_by("-met", "-kept_on", "-pk")[:MOST_SIMILAR])
