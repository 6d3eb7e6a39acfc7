"""What champions let be seen: listed by their own wish, changed at will, hidden at once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from champions.errors import ChampionError, NotAChampion, TermsHaveChanged
from champions.models import Champion, ChampionOffer, ChampionProfile, Wording
from champions.offers import Listing
from champions.selectors.facts import known
from champions.selectors.listings import terms_in_force
from champions.services.entries import write_entries
from champions.services.turns import champion_row, hold, on_record
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Partnership, Person


@transaction.atomic
def opt_in(
    *, person: Person, partnership: Partnership, listing: Listing, terms_version: int, by: Actor, at: datetime
) -> Champion:
    """Be listed as the listing says, under the terms of today. NotAChampion, TermsHaveChanged."""
    if terms_version != terms_in_force(partnership).number:
        raise TermsHaveChanged("The terms have changed. Read them again, then agree.")
    on = london_date(at)
    champion = champion_row(person=person, partnership=partnership, at=at)
    hold(champion)  # so that nobody who stands down meanwhile is listed
    now = next(iter(known(partnership, on=on, people=[person.pk])), None)
    if person.is_protected:
        raise NotAChampion("Your record is protected, so you cannot be listed.")
    if now is None or not now.status.is_agreed:
        raise NotAChampion("You can be listed once you have said yes and your manager has agreed.")
    ChampionProfile.objects.everywhere(reason="its own champion's").update_or_create(
        champion=champion, defaults={"is_listed": True, "terms_version": terms_version, "agreed_at": at}
    )
    _show(champion, listing)
    write_entries([champion], at=at)
    on_record("champion listed", champion, by=by, at=at, terms=terms_version)
    return champion


@transaction.atomic
def update_profile(*, champion: Champion, listing: Listing, by: Actor, at: datetime) -> None:
    """Change what is shown; listed or hidden stays as it is."""
    _show(champion, listing)
    write_entries([champion], at=at)
    on_record("champion listing changed", champion, by=by, at=at)


@transaction.atomic
def hide(*, champion: Champion, by: Actor, at: datetime) -> None:
    """Out of the directory at once."""
    ChampionProfile.objects.of(champion).update(is_listed=False)
    write_entries([champion], at=at)
    on_record("champion hidden", champion, by=by, at=at)


@transaction.atomic
def hide_everywhere(*, person_id: int, by: Actor, at: datetime) -> None:
    """Out of the directory of every partnership, by one press: whichever of them their own page shows."""
    rows = Champion.objects.everywhere(reason="one's own").filter(person=person_id, profile__is_listed=True)
    for champion in rows.select_related("partnership"):
        hide(champion=champion, by=by, at=at)


@transaction.atomic
def rest(*, champion: Champion, until: date | None, by: Actor, at: datetime) -> None:
    """Neither found nor asked up to a day; without one, to be found again. Open requests stay."""
    ChampionProfile.objects.of(champion).update(rests_until=until)
    write_entries([champion], at=at)
    on_record("champion rests" if until else "champion no longer rests", champion, by=by, at=at)


@transaction.atomic
def change_terms(*, partnership: Partnership, sentences: Sequence[str], by: Actor, at: datetime) -> bool:
    """Put new words in force. Whoever is listed is hidden until they have agreed to them; the same words ask nobody."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)  # so that two do not take one number
    now = terms_in_force(partnership)
    said = tuple(words for each in sentences if (words := " ".join(each.split())))
    if not said:
        raise ChampionError("Write at least one sentence.")
    if said == now.sentences:
        return False
    number = now.number + 1
    Wording.objects.create(partnership=partnership, number=number, sentences=said, recorded_at=at, recorded_by=str(by))
    audit.record(
        "champions' terms changed",
        by=by,
        at=at,
        kind="terms",
        uid=number,
        partnership_code=partnership.code,
    )
    return True


def _show(champion: Champion, listing: Listing) -> None:
    """Write the listing down, whole. One writer at a time: who hides meanwhile stays hidden."""
    offers = listing.offers()
    profile = ChampionProfile.objects.of(champion).select_for_update(no_key=True).get()
    profile.alias = " ".join(listing.alias.split())
    for column, audience in listing.audiences().items():
        setattr(profile, column, audience)
    profile.save(update_fields=["alias", *listing.audiences()])
    ChampionOffer.objects.of(profile).delete()
    ChampionOffer.objects.bulk_create(ChampionOffer(profile=profile, kind=kind, code=code) for kind, code in offers)
