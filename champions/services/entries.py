"""Writing what the directory searches: at once when a listing changes, and again and again from the rosters."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch

from champions.models import Champion, ChampionOffer, ChampionProfile, Entry
from champions.offers import SHOWN, Audience
from champions.selectors.facts import Known, known
from champions.status import Status
from champions.words import Shown, words_for
from training.access.clock import london_date
from training.people.models import Partnership

AT_A_TIME = 300
CHECKED_EVERY = timedelta(minutes=10)
WHY = "the directory's read table"


def refresh_entries(*, at: datetime) -> int:
    """Write those still missing, and anew those that were written longest ago; how many.

    A few at a time, so that no tick is long, and none twice in ten minutes.
    """
    listed = Champion.objects.everywhere(reason=WHY).listed().select_related("partnership")
    missing = listed.filter(entry__isnull=True, profile__isnull=False)[:AT_A_TIME]
    written = Champion.objects.everywhere(reason=WHY).filter(entry__checked_at__lt=at - CHECKED_EVERY)
    rows = {each.pk: each for each in (*missing, *written.order_by("entry__checked_at", "pk")[:AT_A_TIME])}
    return write_entries(list(rows.values()), at=at) if rows else 0


@transaction.atomic
def write_entries(champions: Collection[Champion], *, at: datetime) -> int:
    """Write the entries of these champions from the facts of the day; how many of them have one now."""
    on = london_date(at)
    rows = Champion.objects.everywhere(reason=WHY).filter(pk__in=[each.pk for each in champions]).listed()
    offers = ChampionOffer.objects.everywhere(reason=WHY)
    rows = rows.select_related("partnership").prefetch_related(Prefetch("profile__offers", queryset=offers))
    listed = list(rows.order_by("pk"))  # in one order, so that two writers do not wait for each other
    facts = {
        (partnership.pk, each.person.pk): each
        for partnership in {row.partnership for row in listed}
        for each in _known(partnership, listed, on)
    }
    entries = [_entry(row, facts[row.partnership_id, row.person_id], at) for row in listed]
    kept = [entry.champion_id for entry in entries]
    Entry.objects.everywhere(reason=WHY).filter(champion__in=champions).exclude(champion__in=kept).delete()
    Entry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["champion"],
        update_fields=["for_everybody", "for_champions", "is_open", "is_training", "rests_until", "checked_at"],
    )
    return len(entries)


def _known(partnership: Partnership, listed: list[Champion], on: date) -> tuple[Known, ...]:
    return known(partnership, on=on, people=[row.person_id for row in listed if row.partnership_id == partnership.pk])


def _entry(champion: Champion, now: Known, at: datetime) -> Entry:
    profile: ChampionProfile = champion.profile
    offered: dict[str, list[str]] = {}
    for offer in profile.offers.all():
        offered.setdefault(offer.kind, []).append(offer.code)
    shown = Shown(
        audiences={f"{name}_to": getattr(profile, f"{name}_to") for name in SHOWN},
        name=champion.person.name,
        alias=profile.alias,
        agency=now.agency.title if now.agency else "",
        agency_kind=now.agency.kind if now.agency else "",
        locality=now.locality.title if now.locality else "",
        locality_id=now.locality.pk if now.locality else None,
        offers=offered,
    )
    return Entry(
        champion=champion,
        for_everybody=words_for(shown, [Audience.EVERYBODY]),
        for_champions=words_for(shown, Audience.values),
        is_open=now.status.is_agreed and now.status != Status.LAPSED,
        is_training=now.status == Status.IN_TRAINING,
        rests_until=profile.rests_until,
        checked_at=at,
    )
