"""Counts for indicators that are no coverage, of facts that rooms below keep: by what is known now."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Count, OuterRef, Q, Subquery

from training.access.clock import LONDON, london_date
from training.access.prepared import among
from training.ledger.columns import MODULE_BITS, Column, DayNumber, Mask, number, one_key, read_columns
from training.ledger.models import Completion, Method, StandingStep, StandingStepQuerySet
from training.ledger.standing import State
from training.ledger.step_columns import flag
from training.people.models import Agency, Duty, Partnership, RosterImport, Term
from training.people.models.roster import ImportState, RowKind
from training.pledges import selectors as pledges
from training.returns.selectors.partnership import returns_on_time
from training.strategy.told import Asked, Told

WHY = "counting for the board"
A_YEAR = timedelta(days=365)
ROSTER_IS_FRESH = timedelta(days=90)
OUTSIDE = (Method.EQUIVALENCE, Method.EVIDENCE, Method.LAUNCH)
SHARE = 200_000  # posts and modules looked up together
CONTACT = "INFO_CONTACT"
SHARING = "INFO_SHARE"


def own_counts(asked: Asked, agencies: Collection[int]) -> Iterator[Told]:
    """What rooms below know; `agencies` are all of the partnership's, silent ones too."""
    yield _inductions(asked)
    yield from _completions(asked, agencies)
    yield _rosters(asked, agencies)
    yield _contacts(asked)
    yield from _returns(asked)


def pledge_counts(partnership: Partnership, *, on: date, known_at: datetime | None) -> Iterator[Told]:
    """What agencies have promised, in all and one by one, as known at a moment; `AgencyOnDay` knows of sign-ups."""
    for code, count in pledges.counts(partnership, on=on, known_at=known_at).items():
        yield Told(code, count.numerator, count.denominator)
        for agencies, has in ((count.has, 1), (count.has_not, 0)):
            yield from (Told(code, has, 1, "agency", agency) for agency in agencies)


def _completions(asked: Asked, agencies: Collection[int]) -> Iterator[Told]:
    """Of the year before the day: the agencies that made any, and how many were outside learning."""
    rows = (
        Completion.objects.everywhere(reason=WHY)
        .standing()
        .filter(partnership=asked.partnership, completed_on__gt=asked.on - A_YEAR, completed_on__lte=asked.on)
    )
    made = rows.order_by().values_list("agency", "method").annotate(Count("pk"))
    reached, outside = set(), 0
    for agency, method, count in made:
        reached.add(agency)
        outside += count if method in OUTSIDE else 0
    yield Told("AGENCIES_REACHED", len(reached & set(agencies)), len(agencies))
    kinds = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "kind"))
    all_of, reached_of = Counter(kinds.values()), Counter(kind for pk, kind in kinds.items() if pk in reached)
    for kind, count in all_of.items():
        yield Told("AGENCIES_REACHED", reached_of[kind], count, "agency_kind", kind)
    if outside or asked.agencies:  # without a roster none is not known to be none
        yield Told("EXTERNAL_COMPLETIONS", outside)


def _rosters(asked: Asked, agencies: Collection[int]) -> Told:
    """Rows of rosters that can be counted upon: matched to a post, mapped to a role group, from a fresh file."""
    until = datetime.combine(asked.on + timedelta(days=1), time(), LONDON)
    applied = RosterImport.objects.filter(state=ImportState.APPLIED, applied_at__lt=until)
    latest = applied.filter(agency=OuterRef("pk")).order_by("-applied_at", "-pk").values("pk")[:1]
    lasts = Agency.objects.filter(pk__in=agencies).annotate(last_import=Subquery(latest)).values("last_import")
    last: dict[int, tuple[date, int]] = {
        each.agency_id: (london_date(each.applied_at or until), each.counts.get(RowKind.REFUSED, 0))
        for each in RosterImport.objects.filter(pk__in=lasts)
    }
    fresh = {agency for agency, (day, _) in last.items() if day >= asked.on - ROSTER_IS_FRESH}
    posts = Term.objects.everywhere(reason=WHY).known_now().current_on(asked.on)
    posts = posts.filter(post__employment__agency__in=agencies)
    is_good = Q(post__employment__agency__in=fresh, role_group__isnull=False)
    found = posts.aggregate(whole=Count("pk"), good=Count("pk", filter=is_good))
    refused = sum(count for _, count in last.values())
    return Told("ROSTER_QUALITY", found["good"], found["whole"] + refused)


def _contacts(asked: Asked) -> Told:
    """Agencies that reported, with a contact for sharing who holds all that is asked of them about it."""
    duties = Duty.objects.everywhere(reason=WHY).known_now().current_on(asked.on)
    duties = duties.filter(designation__code=CONTACT, post__employment__agency__in=asked.agencies)
    agency_of = dict(duties.values_list("post", "post__employment__agency"))
    steps = StandingStep.objects.everywhere(reason=WHY).current_on(asked.on).exclude(state__in=LEFT_OUT)
    steps = steps.filter(post__in=agency_of, is_required=True, module__pathway__partnership=asked.partnership)
    valid: dict[int, bool] = {}
    for post, families, is_valid in steps.values_list("post", "module__families", "is_valid"):
        if SHARING in families:
            valid[post] = valid.get(post, True) and is_valid
    ready = {agency_of[post] for post, is_valid in valid.items() if is_valid}
    return Told("DESIGNATED_CONTACTS", len(ready), len(asked.agencies))


def _returns(asked: Asked) -> Iterator[Told]:
    """Of the agencies asked for a return, those that gave the last one that was due in time; nothing before one was."""
    found = returns_on_time(asked.partnership, on=asked.on, at=asked.at)
    if found:
        yield Told("RETURN_ON_TIME", found.on_time, found.asked)


LEFT_OUT = (State.EXEMPT, State.PAUSED)
OUT_OF_INDUCTION = (*LEFT_OUT, State.OVERDUE)


def _inductions(asked: Asked) -> Told:
    """Of the inductions that ran out in the year before the day, how many were done by then: from the read table.

    One that ended before its deadline, because the post or the rule did, is left out; so is one of which the post was
    excused on that day, and one that was overdue by then, since another rule for the same module was due before.
    """
    steps = StandingStep.objects.everywhere(reason=WHY).filter(
        post__employment__agency__in=asked.agencies, module__pathway__partnership=asked.partnership, is_required=True
    )
    keys, deadlines = _ran_out(steps, asked.on)
    done = ended = 0
    for start in range(0, len(keys), SHARE):
        here = slice(start, start + SHARE)
        stood = _stood(asked.on, keys[here], deadlines[here])
        done, ended = done + int(stood.sum()), ended + len(stood)
    return Told("INDUCTION_ON_TIME", done, ended)


def _stood(on: date, keys: Column, deadlines: Column) -> Mask:
    """For each of these posts and modules that had a standing on its deadline, whether it was valid then."""
    steps = StandingStep.objects.everywhere(reason=WHY).filter(is_required=True, from_on__lt=on)
    then = steps.filter(among("post_id", np.unique(keys >> MODULE_BITS).tolist()))
    found = read_columns(
        then.filter(Q(until_on__isnull=True) | Q(until_on__gte=on - A_YEAR)).exclude(state__in=OUT_OF_INDUCTION),
        post="post_id",
        module="module_id",
        from_on=DayNumber("from_on"),
        until_on=DayNumber("until_on"),
        is_valid=flag("is_valid"),
    )
    key = one_key(found["post"], found["module"])
    of_these = np.isin(key, keys)
    deadline = deadlines[np.searchsorted(keys, key[of_these])]
    stood = (found["from_on"][of_these] <= deadline) & (deadline <= found["until_on"][of_these])
    return found["is_valid"][of_these][stood] == 1


def _ran_out(steps: StandingStepQuerySet, on: date) -> tuple[Column, Column]:
    """Each post and module, as one key, with the day in the year before this one on which its induction ran out.

    An induction is an unbroken run of days on which a module is asked, not done and not overdue; its deadline is the
    one shown last, whatever moved it meanwhile. Of several of one post the last.
    """
    begun = read_columns(
        steps.filter(state__in=[State.NOT_STARTED, State.IN_PROGRESS], due_on__gte=on - A_YEAR),
        post="post_id",
        module="module_id",
        from_on=DayNumber("from_on"),
        until_on=DayNumber("until_on"),
        due=DayNumber("due_on"),
    )
    key = one_key(begun["post"], begun["module"])
    order = np.lexsort((begun["from_on"], key))
    key, from_on, until_on, due = (column[order] for column in (key, begun["from_on"], begun["until_on"], begun["due"]))
    is_last = np.ones(len(key), dtype=bool)
    is_last[:-1] = (key[1:] != key[:-1]) | (from_on[1:] != until_on[:-1] + 1)
    is_over = is_last & (due < number(on))
    key, due = key[is_over][::-1], due[is_over][::-1]
    keys, last = np.unique(key, return_index=True)
    return keys, due[last]
