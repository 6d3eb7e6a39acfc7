"""Dates that cannot be right: a list for those who can mend them, in place of a date that misleads.

The doors refuse what they can. What is here came in another way, or became impossible since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from training.access.clock import add_months, london_date
from training.ledger.models import Completion, Method, StandingStep
from training.ledger.selectors.table import WITHHELD
from training.pathways.models import Exemption, Extension, PathwayVersion, RequirementVersion, Trigger
from training.pathways.rulebook import refreshers_of, rule_version
from training.pathways.rules import Kind, problems
from training.people.models import Agency, Duty, Employment, Partnership, Person, Post, Term
from training.ui.templatetags.ui import uk_date

TWENTY_YEARS = 240
EARLIEST_START = date(1950, 1, 1)
AHEAD = timedelta(days=730)
MOST_SHOWN = 500
OF_POST = "post__employment__person"


@dataclass(frozen=True, slots=True)
class Oddity:
    """A date that cannot be right: what is wrong, with whom or which rule, and what to do about it."""

    what: str
    about: str
    detail: str
    advice: str
    url: str = ""


def agency_exceptions(agency: Agency, *, on: date) -> list[Oddity]:
    """What cannot be right in an agency's own records, by name; the worst first."""
    found: list[Oddity] = []
    for check in (_completions, _dues, _terms, _duties, _agreed, _own_rules):
        found += check(agency, on)
    return found[:MOST_SHOWN]


def partnership_exceptions(partnership: Partnership) -> list[Oddity]:
    """What cannot be right in the partnership's rules."""
    rows = RequirementVersion.objects.filter(
        requirement__module__pathway__partnership=partnership, requirement__agency=None
    )
    events = Trigger.objects.of_nobody().known_now().filter(requirement__module__pathway__partnership=partnership)
    found = [*_versions(rows.known_now(), "rule", partnership.code)]
    for event in events.select_related("requirement__module", "requirement__role_group", "requirement__designation"):
        runs = event.requirement.versions.known_now().filter(kind=Kind.TRIGGERED, starts_on__lte=event.happened_on)
        if not runs.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=event.happened_on)).exists():
            found.append(
                Oddity(
                    "An event that starts nothing",
                    str(event.requirement),
                    f"{event.get_event_display()}, {uk_date(event.happened_on)}: the rule did not run then",
                    "Take the event back, or begin the rule earlier",
                    reverse("rule", args=[partnership.code, event.requirement.uid]),
                )
            )
    return found


def _name(person: Person) -> str:
    return WITHHELD if person.is_protected else person.name


def _completions(agency: Agency, on: date) -> Iterator[Oddity]:
    """Completions in the future, over twenty years old, or online before the pathway had the module."""
    born = dict(
        PathwayVersion.objects.filter(live_from__isnull=False)
        .order_by("-live_from")
        .values_list("pathway_id", "live_from")
    )
    here = Employment.objects.within(agency)
    known = Q(person__in=here.values("person")) | Q(person__in=here.exclude(entered_as=None).values("entered_as"))
    rows = Completion.objects.within(agency, on=on).standing().filter(known)  # of no record that is known elsewhere
    odd = Q(completed_on__gt=on) | Q(completed_on__lt=add_months(on, -TWENTY_YEARS))
    for pathway, first in born.items():
        odd |= Q(module__pathway=pathway, method=Method.ONLINE, completed_on__lt=first)
    rows = rows.filter(odd).annotate(is_shown=Exists(here.filter(person=OuterRef("person"))))
    for row in rows.select_related("person", "module").order_by("completed_on", "pk")[:MOST_SHOWN]:
        if row.completed_on is None:
            continue
        day = f"{row.module_code}, completed on {uk_date(row.completed_on)}"
        if row.completed_on > on:
            yield Oddity("A completion in the future", _name(row.person), day, *_void_it(row, agency))
        elif row.completed_on < add_months(london_date(row.recorded_at), -TWENTY_YEARS):
            yield Oddity("A completion of over twenty years ago", _name(row.person), day, *_void_it(row, agency))
        elif row.method == Method.ONLINE and row.completed_on < born.get(row.module.pathway_id, row.completed_on):
            yield Oddity("Done online before the pathway began", _name(row.person), day, *_void_it(row, agency))


def _void_it(row: Any, agency: Agency) -> tuple[str, str]:
    """What to do about a completion, and where: only the agency that recorded it withdraws it."""
    if row.agency_id != agency.pk:
        return "Another organisation recorded it. Ask the person to have it put right there", ""
    advice = "Check it with the person. If it is wrong, choose 'This entry is wrong' on their page, and record it again"
    return advice, reverse("agency-person", args=[agency.code, row.person.uid]) + "#done" if row.is_shown else ""


def _dues(agency: Agency, on: date) -> Iterator[Oddity]:
    """Due before it was asked, or more than twenty years ahead."""
    odd = Q(due_on__lt=F("began_on")) | Q(due_on__gt=add_months(on, TWENTY_YEARS), is_required=True)
    rows = StandingStep.objects.within(agency).current_on(on).filter(odd).select_related(OF_POST, "module")
    for row in rows.order_by("pk")[:MOST_SHOWN]:
        assert row.due_on is not None, "the filter wants a date"
        is_early = row.due_on < row.began_on
        yield Oddity(
            "Due before it was asked" if is_early else "Due more than twenty years ahead",
            _name(row.post.employment.person),
            f"{row.module.code}, asked since {uk_date(row.began_on)}, due by {uk_date(row.due_on)}",
            "Look at the start of the post and at the rule's months",
            reverse("agency-rules", args=[agency.code]),
        )


def _terms(agency: Agency, on: date) -> Iterator[Oddity]:
    """Posts that begin before anybody now at work was born to it, or far ahead, or end before they begin."""
    odd = Q(starts_on__lt=EARLIEST_START) | Q(starts_on__gt=on + AHEAD) | Q(ends_on__lt=F("starts_on"))
    rows = Term.objects.within(agency).known_now().filter(odd).select_related(OF_POST)
    for row in rows.order_by("pk")[:MOST_SHOWN]:
        until = f" until {uk_date(row.ends_on)}" if row.ends_on else ""
        yield Oddity(
            "A post with days that cannot be",
            _name(row.post.employment.person),
            f"From {uk_date(row.starts_on)}{until}",
            "Put it right in your staff records and load the roster again",
            reverse("rosters", args=[agency.code]),
        )


def _duties(agency: Agency, on: date) -> Iterator[Oddity]:
    """Duties that begin before the post they are held on."""
    rows = Duty.objects.within(agency).known_now().select_related(OF_POST, "designation")
    first = dict(_first_days(Post.objects.within(agency)))
    for row in rows.order_by("pk"):
        began = first.get(row.post_id)
        if began and row.starts_on < began:
            yield Oddity(
                "A duty that begins before its post",
                _name(row.post.employment.person),
                f"{row.designation}, from {uk_date(row.starts_on)}; the post begins on {uk_date(began)}",
                "Put it right in your staff records and load the roster again",
                reverse("rosters", args=[agency.code]),
            )


def _first_days(posts: Iterable[Post]) -> Iterator[tuple[int, date]]:
    """Each post's first day."""
    terms = Term.objects.everywhere(reason="narrowed by posts").known_now().filter(post__in=posts)
    seen: set[int] = set()
    for post, starts_on in terms.order_by("starts_on").values_list("post_id", "starts_on"):
        if post not in seen:
            seen.add(post)
            yield post, starts_on


def _agreed(agency: Agency, on: date) -> Iterator[Oddity]:
    """Exemptions and due dates over twenty years ahead."""
    late = add_months(on, TWENTY_YEARS)
    page = reverse("agreements", args=[agency.code])
    exempt = Exemption.objects.within(agency).known_now().filter(ends_on__gt=late).select_related(OF_POST, "module")
    for row in exempt.order_by("pk")[:MOST_SHOWN]:
        detail = f"{row.module.code}, until {uk_date(row.ends_on)}"
        yield Oddity("Excused for over twenty years", _name(row.post.employment.person), detail, "End it sooner", page)
    moved = Extension.objects.within(agency).known_now().filter(due_on__gt=late).select_related(OF_POST, "module")
    for each in moved.order_by("pk")[:MOST_SHOWN]:
        detail = f"{each.module.code}, moved to {uk_date(each.due_on)}"
        yield Oddity(
            "A due date of over twenty years ahead",
            _name(each.post.employment.person),
            detail,
            "Give a nearer day",
            page,
        )


def _own_rules(agency: Agency, on: date) -> Iterator[Oddity]:
    rows = RequirementVersion.objects.filter(requirement__agency=agency).known_now()
    yield from _versions(rows, "agency-rule", agency.code)


def _versions(rows: Iterable[RequirementVersion], page: str, code: str) -> Iterator[Oddity]:
    """Versions that the editor would refuse: a fixed date without a minimum life, a validity of a century."""
    named = rows.select_related(  # type: ignore[attr-defined]
        "requirement__module", "requirement__role_group", "requirement__designation"
    )
    for row in named.order_by("pk"):
        rule = row.requirement
        version = rule_version(row, module=rule.module_id, refreshers=refreshers_of(rule.module))
        for reason in problems(version):
            yield Oddity(
                "A rule that cannot work",
                str(rule),
                f"From {uk_date(row.starts_on)}: {reason}",
                "Change the rule from a day",
                reverse(page, args=[code, rule.uid]),
            )
