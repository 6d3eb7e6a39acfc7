"""Job titles that no role group is known for: HR says once what each means, and the next file remembers it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, JobTitleMapping, RoleGroup, RosterImport, Term
from training.people.models.posts import TermQuerySet
from training.people.services import mark_stale

from .bulk import insert
from .suggest import Suggester, Suggestion
from .write import TERM_COLUMNS, replace_rows


@dataclass(frozen=True, slots=True)
class UnmappedTitle:
    """A job title, how many posts carry it today or later, and what it may mean."""

    post_title: str
    posts: int
    suggested: tuple[Suggestion, ...] = ()


def _unmapped(agency: Agency, on: date) -> TermQuerySet:
    terms = Term.objects.within(agency).known_now().filter(role_group=None).exclude(post_title="")
    return terms.filter(Q(ends_on=None) | Q(ends_on__gte=on))


def unmapped_titles(agency: Agency, *, on: date) -> list[UnmappedTitle]:
    """The titles, those with most posts first; spellings that differ in capitals alone are one."""
    spelt: dict[str, str] = {}
    posts: Counter[str] = Counter()
    for title in _unmapped(agency, on).order_by("id").values_list("post_title", flat=True):
        posts[spelt.setdefault(title.casefold(), title)] += 1
    return [UnmappedTitle(title, count) for title, count in sorted(posts.items(), key=lambda it: (-it[1], it[0]))]


def titles_of(roster_import: RosterImport) -> list[UnmappedTitle]:
    """The titles of a file that waits which still mean nothing here."""
    known = {title.casefold() for title in roster_import.agency.job_titles.values_list("post_title", flat=True)}
    return [UnmappedTitle(title, rows) for title, rows in roster_import.titles if title.casefold() not in known]


def with_suggestions(agency: Agency, titles: Iterable[UnmappedTitle]) -> list[UnmappedTitle]:
    """The same titles, each with the role groups that it may mean."""
    groups = list(RoleGroup.objects.values_list("code", "title"))
    suggester = Suggester(groups, dict(agency.job_titles.values_list("post_title", "role_group__code")))
    return [replace(it, suggested=tuple(suggester.suggest(it.post_title))) for it in titles]


@transaction.atomic
def map_titles(agency: Agency, meanings: Mapping[str, RoleGroup], *, by: Actor, on: date, at: datetime) -> int:
    """Remember what titles mean, and restate the terms that carry them; answers with how many posts that mended.

    What HR says now was true of those terms all along, so they keep their days.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)  # as applying and undoing do: one at a time
    known = {title.casefold(): group for title, group in meanings.items()}
    for title, group in meanings.items():
        said = {"role_group": group, "recorded_at": at, "recorded_by": str(by)}
        agency.job_titles.filter(post_title__iexact=title).exclude(post_title=title).delete()
        JobTitleMapping.objects.update_or_create(agency=agency, post_title=title, defaults=said)
    terms = [term for term in _unmapped(agency, on) if term.post_title.casefold() in known]
    replace_rows(Term, [term.pk for term in terms], at=at)
    insert(Term, TERM_COLUMNS, (_restated(term, known[term.post_title.casefold()], str(by), at) for term in terms))
    posts = {term.post_id for term in terms}
    mark_stale(posts, at=at)
    audit.record(
        "job titles mapped",
        by=by,
        at=at,
        kind="agency",
        uid=agency.uid,
        agency_code=agency.code,
        titles=len(meanings),
        posts=len(posts),
    )
    return len(posts)


def _restated(term: Term, group: RoleGroup, by: str, at: datetime) -> list[object]:
    """The columns of a term as they were, but for its role group."""
    values = {name: getattr(term, name) for name in TERM_COLUMNS}
    values |= {"role_group_id": group.pk, "recorded_at": at, "recorded_by": by}
    return [values[name] for name in TERM_COLUMNS]
