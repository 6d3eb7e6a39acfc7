"""Requests as the two sides read them, and whom to ask next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Q, Value, When

from champions.models import KEPT_FOR, Champion, ContactRequest
from champions.offers import OfferKind
from champions.selectors.cards import NAMELESS, name_shown
from champions.selectors.circles import Circle, circles_of
from champions.selectors.directory import awake, findable, in_order
from champions.selectors.searching import Search, Wishes
from training.access.access import Access
from training.people.models import Person, Term

MOST_SUGGESTED = 12
MOST_TRIED = 24


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A request as one of the two sides reads it. `suggested` is who was named instead, if this one may find them."""

    request: ContactRequest
    is_mine: bool
    other: str
    suggested: Champion | None = None
    suggested_name: str = ""

    @property
    def may_reply(self) -> bool:
        """Whether an answer is still to come, and from this one."""
        return not self.is_mine and self.request.replied_at is None

    def may_ask_next(self, at: datetime) -> bool:
        """Whether the sender had no answer in the time they hoped for, or one that helps no further."""
        if not self.is_mine:
            return False
        answer, no_help = self.request.reply, (ContactRequest.Reply.NOT_ME, ContactRequest.Reply.GONE)
        return self.request.late_from <= at if not answer else answer in no_help


def correspondence(access: Access, *, on: date, at: datetime) -> tuple[Correspondence, ...]:
    """One's requests, sent and got, newest first."""
    found = ContactRequest.objects.visible_to(access).filter(asked_at__lte=at).select_related("sender", "champion")
    rows = list(found)
    sent = {row.champion_id for row in rows if row.sender_id == access.person_id}
    names = names_for(access, circles_of(access, on=on), sent, on=on)
    return tuple(_read_by(access, row, names) for row in rows)


def read_by(access: Access, request: ContactRequest, *, on: date) -> Correspondence:
    """The request from this side."""
    both = {request.champion_id, request.suggested_id} - {None}
    return _read_by(access, request, names_for(access, circles_of(access, on=on), both, on=on))


def _read_by(access: Access, request: ContactRequest, names: dict[int, str]) -> Correspondence:
    """A champion whom this one may find no longer is not named, and a suggestion of one is as if there were none."""
    is_mine = request.sender_id == access.person_id
    other = names.get(request.champion_id, NAMELESS) if is_mine else request.sender.name
    if request.suggested_id not in names:
        return Correspondence(request, is_mine, other)
    return Correspondence(request, is_mine, other, request.suggested, names[request.suggested_id])


def names_for(
    access: Access, circles: Iterable[Circle], champions: Iterable[int | None], *, on: date
) -> dict[int, str]:
    """The names that these champions show this one, where they show any."""
    wanted = set(champions)
    if not wanted:
        return {}
    seen_as = {circle.partnership.pk: circle.audiences for circle in circles}
    rows = findable(access, circles, on=on).filter(pk__in=wanted)
    return {row.pk: name_shown(row, seen_as[row.partnership_id]) for row in rows}


def to_suggest(access: Access, request: ContactRequest, *, on: date, at: datetime) -> dict[Champion, str]:
    """Whom a champion can name in their place, by the name they see: those whom they find themselves.

    Whether the sender finds them is not looked up: that a name is missing would tell who keeps the sender away.
    """
    circles = circles_of(access, on=on)
    seen_as = {circle.partnership.pk: circle.audiences for circle in circles}
    entries = in_order(awake(access, circles, on=on), Wishes(Search(), circles), on=on, at=at)
    others = entries.exclude(champion=request.champion_id).exclude(champion__person=request.sender_id)
    ids = list(others.values_list("champion", flat=True)[:MOST_SUGGESTED])
    rows = findable(access, circles, on=on).filter(pk__in=ids)
    named = {row: name_shown(row, seen_as[row.partnership_id]) for row in rows}
    return dict(sorted(named.items(), key=lambda it: it[1].casefold()))


def next_to_ask(access: Access, request: ContactRequest, *, on: date, at: datetime) -> Champion | None:
    """The next best: who shows most of what the one asked first shows, and was not asked by this one of late."""
    circles = circles_of(access, on=on)
    wishes = Wishes(Search(), circles)
    asked = ContactRequest.objects.everywhere(reason="whom the sender has asked").filter(sender=access.person_id)
    entries = awake(access, circles, on=on).exclude(champion__person=access.person_id)
    entries = entries.exclude(champion__in=asked.filter(asked_at__gte=at - KEPT_FOR).values("champion"))
    alike = sum((Case(When(each, then=1), default=0) for each in _alike(access, request, circles, on=on)), Value(0))
    best = in_order(entries.annotate(alike=alike), wishes, "-alike", on=on, at=at)
    ids = list(best.values_list("champion", flat=True)[:MOST_TRIED])
    alive = findable(access, circles, on=on).in_bulk(ids)
    return next((alive[pk] for pk in ids if pk in alive), None)


def _alike(access: Access, request: ContactRequest, circles: tuple[Circle, ...], *, on: date) -> list[Q]:
    """Conditions on entries: each specialism and language that the one asked first shows to the sender."""
    first = findable(access, circles, on=on).filter(pk=request.champion_id).select_related("entry").first()
    entry = getattr(first, "entry", None)
    if first is None or entry is None:
        return []
    is_champion = any(circle.is_champion for circle in circles if circle.partnership == first.partnership)
    said = entry.for_champions if is_champion else entry.for_everybody
    marks = (f"{OfferKind.SPECIALISM}:", f"{OfferKind.LANGUAGE}:")
    column = "for_champions" if is_champion else "for_everybody"
    return [Q(**{f"{column}__contains": f" {token} "}) for token in said.split() if token.startswith(marks)]


def agency_of(sender: Person, *, on: date) -> str:
    """Where the one who asks works, for the champion to know whom they talk to."""
    terms = Term.objects.everywhere(reason="told to the champion who is asked").known_now().current_on(on)
    titles = terms.filter(post__employment__person=sender).order_by("starts_on", "pk")
    return titles.values_list("post__employment__agency__title", flat=True).first() or ""
