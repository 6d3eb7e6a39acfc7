"""Likely duplicates of one agency: found with what speaks for them, and put before HR. Never merged by themselves."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from training.access.access import Access
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, DuplicateSearch, Employment, LikelyDuplicate, RosterImport, Sameness, Term

from .merge import merge_records
from .names import alike_among, are_alike, in_order, keys

log = logging.getLogger(__name__)
FOLLOWS_WITHIN = timedelta(days=92)
MOST_OF_A_KIND = 10
"""An address or a reference that more people share is a team's mailbox or a blank, and says nothing."""
MOST_NAMESAKES = 1000
"""Of more people with one word in their name, slips of the keyboard are not looked for."""

SAME_NAME = "Same name"
ALIKE = "Names that differ by a letter or two"
SAME_ADDRESS = "Same work email address"
SAME_REFERENCE = "Same employee reference, but for zeros and marks"
FOLLOW = "One's post begins where the other's ends"
OVERLAP = "Posts at the same time"


@dataclass(slots=True)
class Candidate:
    """One record of the roster, as far as it can be compared: its name in order, its posts' days from and until."""

    pk: int
    name: str
    keys: frozenset[str]
    addresses: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    days: list[tuple[date, date]] = field(default_factory=list)


def evidence(one: Candidate, other: Candidate) -> list[str]:
    """What speaks for two records being of one person, the strongest first; nothing where it is not enough."""
    found = []
    same_name = bool(one.keys & other.keys)
    alike = not same_name and are_alike(one.name, other.name)
    same_address = bool(one.addresses & other.addresses)
    same_reference = bool(one.references & other.references)
    follow = any(_follow(a, b) or _follow(b, a) for a in one.days for b in other.days)
    if not (same_name or (alike and (same_address or same_reference or follow)) or (same_address and same_reference)):
        return []
    signs = {SAME_NAME: same_name, SAME_ADDRESS: same_address, SAME_REFERENCE: same_reference, ALIKE: alike}
    found = [words for words, is_so in signs.items() if is_so]
    if follow:
        return [*found, FOLLOW]
    overlap = any(a[0] <= b[1] and b[0] <= a[1] for a in one.days for b in other.days)
    return [*found, OVERLAP] if overlap else found


def likely_pairs(candidates: Iterable[Candidate]) -> dict[tuple[int, int], list[str]]:
    """The pairs that may be one person, older record first, with what speaks for each. Pure."""
    found: dict[tuple[int, int], list[str]] = {}
    for one, other in _worth_comparing(list(candidates)):
        low, high = (one, other) if one.pk < other.pk else (other, one)
        if (low.pk, high.pk) not in found and (signs := evidence(low, high)):
            found[low.pk, high.pk] = signs
    return found


def search(agency: Agency, *, at: datetime) -> int:
    """Search an agency's roster and write what is likely; what HR has refused stays refused. How many wait."""
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        found = likely_pairs(_candidates(agency))
        standing = {(row.one_id, row.other_id): row for row in LikelyDuplicate.objects.within(agency)}
        gone = [row.pk for pair, row in standing.items() if pair not in found and row.refused_at is None]
        LikelyDuplicate.objects.within(agency).filter(pk__in=gone).delete()
        for pair, row in standing.items():
            if pair in found and row.evidence != found[pair]:
                LikelyDuplicate.objects.within(agency).filter(pk=row.pk).update(evidence=found[pair])
        LikelyDuplicate.objects.bulk_create(
            LikelyDuplicate(agency=agency, one_id=one, other_id=other, evidence=signs, found_at=at)
            for (one, other), signs in found.items()
            if (one, other) not in standing
        )
        DuplicateSearch.objects.update_or_create(agency=agency, defaults={"searched_at": at})
    return LikelyDuplicate.objects.within(agency).waiting().count()


def search_if_changed(agency: Agency, *, at: datetime) -> None:
    """Search where a roster has been applied or undone, or records were merged or parted, since the last search."""
    if _changed(Agency.objects.filter(pk=agency.pk)).exists():
        search(agency, at=at)


def search_all(*, at: datetime) -> int:
    """For the worker: every agency with a roster that has changed; how many were searched. One query to find them.

    One that fails keeps none of the others from being searched, and is tried again with the next tick.
    """
    applied = RosterImport.objects.filter(agency=OuterRef("pk"), applied_at__isnull=False)
    return sum(_searched(agency, at) for agency in _changed(Agency.objects.filter(Exists(applied))))


def waiting(agency: Agency, access: Access) -> int:
    """How many pairs wait for this one of HR to decide: none about themselves."""
    return LikelyDuplicate.objects.visible_to(access).filter(agency=agency).waiting().count()


def refuse(pair: LikelyDuplicate, *, by: Actor, at: datetime) -> None:
    """HR says that these are two people: they are not suggested again."""
    _decide(pair, "records kept apart", refused_at=at, refused_by=str(by), by=by, at=at)


def reconsider(pair: LikelyDuplicate, *, by: Actor, at: datetime) -> None:
    """HR is no longer sure: the pair waits again."""
    _decide(pair, "records looked at again", refused_at=None, refused_by="", by=by, at=at)


@transaction.atomic
def merge_pair(pair: LikelyDuplicate, *, own: tuple[int, ...], by: Actor, at: datetime) -> Sameness:
    """HR says that these are one person. Raises an IdentityError, in words for HR, where that is not theirs to say."""
    said = merge_records(pair.agency, pair.one, pair.other, evidence=pair.evidence, own=own, by=by, at=at)
    concerned = Q(one__in=(pair.one, pair.other)) | Q(other__in=(pair.one, pair.other))
    LikelyDuplicate.objects.within(pair.agency).filter(concerned, refused_at__isnull=True).delete()
    return said


@transaction.atomic
def _decide(pair: LikelyDuplicate, verb: str, *, by: Actor, at: datetime, **said: object) -> None:
    if LikelyDuplicate.objects.within(pair.agency).filter(pk=pair.pk).update(**said):
        audit.record(verb, by=by, at=at, kind="pair", uid=pair.uid, agency_code=pair.agency.code)


def _searched(agency: Agency, at: datetime) -> bool:
    try:
        search(agency, at=at)
    except Exception as error:  # the log names the agency and the kind of failure, never a person
        log.error("the search for duplicates failed: %s, %s", agency.code, type(error).__name__)
        return False
    return True


def _changed(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Those that were never searched, or in which something was applied, undone, merged or parted since."""
    since = OuterRef("duplicate_search__searched_at")
    files = RosterImport.objects.filter(Q(applied_at__gt=since) | Q(undone_at__gt=since), agency=OuterRef("pk"))
    said = Sameness.objects.everywhere(reason="whether anything was said since").filter(
        Q(recorded_at__gt=since) | Q(replaced_at__gt=since), agency=OuterRef("pk")
    )
    return agencies.filter(Q(duplicate_search=None) | Exists(files) | Exists(said)).order_by("pk")


def _candidates(agency: Agency) -> Iterator[Candidate]:
    """The records that the agency's roster shows by name, in two queries."""
    found: dict[int, Candidate] = {}
    names = ("person__first_name", "person__preferred_name", "person__last_name")
    rows = Employment.objects.within(agency).filter(person__is_protected=False)
    for pk, first, preferred, last, address, reference in rows.values_list(
        "person_id", *names, "work_email", "employee_ref"
    ):
        forms = [each for each in (first, preferred) if each]
        each = found.setdefault(pk, Candidate(pk, in_order(f"{first} {last}"), keys(forms, last)))
        each.addresses |= {address.lower()} - {""}
        each.references |= {"".join(sign for sign in reference.casefold() if sign.isalnum()).lstrip("0")} - {""}
    terms = Term.objects.within(agency).known_now().values_list("post__employment__person_id", "starts_on", "ends_on")
    for pk, starts_on, ends_on in terms:
        if pk in found:
            found[pk].days.append((starts_on, ends_on or date.max))
    yield from (each for each in found.values() if each.days)


def _worth_comparing(candidates: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs that share a name, an address or a reference, and those with a word in common whose names are alike."""
    shared: dict[tuple[str, str], list[Candidate]] = {}
    for each in candidates:
        kinds = {"name": each.keys, "address": each.addresses, "reference": each.references}
        kinds["word"] = set(each.name.split())  # one who has a word twice is not a pair
        for kind, values in kinds.items():
            for value in values:
                shared.setdefault((kind, value), []).append(each)
    for (kind, _), group in shared.items():
        if kind == "word" and len(group) <= MOST_NAMESAKES:
            yield from ((group[one], group[other]) for one, other in alike_among([each.name for each in group]))
        elif kind == "name" or (kind != "word" and len(group) <= MOST_OF_A_KIND):
            yield from combinations(group, 2)


def _follow(before: tuple[date, date], after: tuple[date, date]) -> bool:
    return before[1] < after[0] <= _later(before[1])


def _later(day: date) -> date:
    return day + FOLLOWS_WITHIN if day < date.max - FOLLOWS_WITHIN else date.max
