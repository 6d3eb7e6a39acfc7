"""Logging briefings, putting a log right, and counting people and cards by code. Nothing here is training."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from champions.codes import new_code, read_code
from champions.errors import CodeDoesNotWork, NotPossibleNow
from champions.models import (
    ARRIVALS_KEPT_FOR,
    Arrival,
    BriefingCard,
    BriefingPack,
    Cascade,
    CascadeVersion,
    Champion,
)
from champions.models.cascade import CascadeQuerySet
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency, Locality, Partnership, Person, Team, Workplace

LONGEST_AGO = timedelta(days=400)
TEN = 10
WRONG = "This code does not work now. Check it against the screen, or ask the champion."


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What a champion says of a briefing: with which pack, whom, when."""

    pack: BriefingPack
    agency: Agency
    people: int
    held_on: date
    minutes: int
    team: Team | None = None
    workplace: Workplace | None = None
    locality: Locality | None = None
    where: str = ""

    def fields(self) -> dict[str, object]:
        """The columns of a version."""
        names = ("agency", "people", "held_on", "minutes", "team", "workplace", "locality")
        said = {name: getattr(self, name) for name in names}
        return said | {"pack": self.pack.slug, "pack_title": self.pack.title, "where": " ".join(self.where.split())}


@transaction.atomic
def log_briefing(*, champion: Champion, briefing: Briefing, by: Actor, at: datetime) -> Cascade:
    """Keep that a team was briefed. NotPossibleNow for a day to come, or too long ago."""
    _check_day(briefing.held_on, at)
    cascade = Cascade.objects.create(champion=champion, code=_fresh_code(), recorded_at=at, recorded_by=str(by))
    CascadeVersion.objects.create(cascade=cascade, recorded_at=at, recorded_by=str(by), **briefing.fields())
    _on_record("briefing logged", cascade, by=by, at=at)
    return cascade


@transaction.atomic
def correct_briefing(*, cascade: Cascade, briefing: Briefing, by: Actor, at: datetime) -> None:
    """Say it anew. What was said before stays known."""
    _check_day(briefing.held_on, at)
    _close(cascade, at)
    CascadeVersion.objects.create(cascade=cascade, recorded_at=at, recorded_by=str(by), **briefing.fields())
    _on_record("briefing corrected", cascade, by=by, at=at)


@transaction.atomic
def strike_briefing(*, cascade: Cascade, by: Actor, at: datetime) -> None:
    """Say that it did not take place. It counts no longer, and stays known."""
    last = _close(cascade, at)
    last.pk, last.is_struck = None, True
    last.recorded_at, last.recorded_by, last.replaced_at = at, str(by), None
    last._state.adding = True
    last.save()
    _on_record("briefing struck", cascade, by=by, at=at)


@transaction.atomic
def count_in(*, person: Person, partnerships: tuple[Partnership, ...], typed: str, at: datetime) -> None:
    """Count somebody at the briefing whose code this is, once. CodeDoesNotWork."""
    said = _with_code(typed)
    if said is None or said.cascade.champion.partnership not in partnerships:
        raise CodeDoesNotWork(WRONG)
    if not said.opening.lets_in(typed, said.cascade.code, at=at) or said.cascade.champion.person_id == person.pk:
        raise CodeDoesNotWork(WRONG)
    try:
        with transaction.atomic():
            Arrival.objects.create(cascade=said.cascade, person=person, recorded_at=at)
    except IntegrityError:  # counted before
        return
    _cascades().filter(pk=said.cascade_id).update(counted_in=F("counted_in") + 1)


@transaction.atomic
def give_card(*, typed: str, useful: int, knows_next: int, at: datetime) -> None:
    """Keep a feedback card, with nothing of who gave it: as many as people were there. CodeDoesNotWork."""
    said = _with_code(typed)
    if said is None or not said.takes_cards(at):
        raise CodeDoesNotWork(WRONG)
    champion = said.cascade.champion
    Partnership.objects.select_for_update(no_key=True).get(pk=champion.partnership_id)  # whose tens are counted
    most = Q(cards__lt=max(said.people, said.cascade.counted_in))
    if not _cascades().filter(most, pk=said.cascade_id).update(cards=F("cards") + 1):
        raise CodeDoesNotWork(WRONG)
    given = BriefingCard.objects.filter(partnership=champion.partnership, pack=said.pack)
    BriefingCard.objects.create(
        partnership=champion.partnership,
        pack=said.pack,
        ten=given.count() // TEN,
        useful=useful,
        knows_next=knows_next,
    )


def forget_arrivals(*, at: datetime) -> int:
    """Delete who was counted, thirty days on; how many. The number stays."""
    rows = Arrival.objects.everywhere(reason="retention")
    return rows.filter(recorded_at__lt=at - ARRIVALS_KEPT_FOR).delete()[0]


def _cascades() -> CascadeQuerySet:
    return Cascade.objects.everywhere(reason="counting by code")


def _fresh_code() -> str:
    """One that no other briefing has."""
    while _cascades().filter(code=(code := new_code())).exists():
        pass
    return code


def _with_code(typed: str) -> CascadeVersion | None:
    rows = CascadeVersion.objects.everywhere(reason="the briefing with this code").counted()
    found = rows.filter(cascade__code=read_code(typed))
    return found.select_related("cascade__champion__partnership").first()


def _close(cascade: Cascade, at: datetime) -> CascadeVersion:
    """The version that stands, closed; NotPossibleNow where it has been struck."""
    rows = CascadeVersion.objects.everywhere(reason="the last word on a briefing").counted()
    last = rows.select_for_update(no_key=True).filter(cascade=cascade).first()
    if last is None:
        raise NotPossibleNow("This briefing was taken out of the log before.")
    rows.filter(pk=last.pk).update(replaced_at=at)
    return last


def _check_day(held_on: date, at: datetime) -> None:
    today = london_date(at)
    if held_on > today:
        raise NotPossibleNow("Log a briefing on its day or afterwards.")
    if held_on < today - LONGEST_AGO:
        raise NotPossibleNow("That is too long ago to be logged.")


def _on_record(verb: str, cascade: Cascade, *, by: Actor, at: datetime) -> None:
    code = cascade.champion.partnership.code
    audit.record(verb, by=by, at=at, kind="briefing", uid=cascade.uid, partnership_code=code)
