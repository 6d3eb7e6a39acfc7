"""Writing a plan: people, posts, terms and duties, many at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.db.models import QuerySet

from training.access.actor import Actor
from training.people.models import Duty, Employment, Person, Post, RosterImport, Team, Term, Workplace

from .bulk import insert, reserve_ids
from .match import PlannedRow
from .spans import Content, Span
from .state import PERSON, EmploymentState, PostState, Standing
from .understand import Key

BATCH = 900  # ids in one query: under SQLite's limit on every build of it
TERM_COLUMNS = (
    "post_id",
    "starts_on",
    "ends_on",
    "role_group_id",
    "post_title",
    "team_id",
    "workplace_id",
    "locality_id",
    "manager_id",
    "employment_type",
    "status",
    "fte",
    "source",
    "recorded_at",
    "recorded_by",
)
DUTY_COLUMNS = ("post_id", "designation_id", "starts_on", "ends_on", "source", "recorded_at", "recorded_by")


def replace_rows(model: type[Term] | type[Duty], ids: Iterable[int], *, at: datetime) -> None:
    """Close versioned rows, found within one agency before: from now on others stand in their place, or none."""
    rows, wanted = model.objects.everywhere(reason="by id, read within the agency"), sorted(ids)
    for start in range(0, len(wanted), BATCH):
        rows.filter(pk__in=wanted[start : start + BATCH]).update(replaced_at=at)


class Writer:
    """Writes one plan for one import. `standing` is filled up with what is made on the way."""

    def __init__(self, standing: Standing, roster_import: RosterImport, *, by: Actor, at: datetime) -> None:
        self.standing, self.source = standing, roster_import.source
        self.by, self.at = str(by), at

    def write(self, rows: list[PlannedRow]) -> set[int]:
        """Write everything; answers with the ids of the posts whose terms or duties changed."""
        self._update_people(rows)
        self._make_people(rows)
        self._make_posts(rows)
        self._make_places(rows)
        replace_rows(Term, _replaced(rows, "terms"), at=self.at)
        replace_rows(Duty, _replaced(rows, "duties"), at=self.at)
        insert(Term, TERM_COLUMNS, self._terms(rows))
        insert(Duty, DUTY_COLUMNS, self._duties(rows))
        return {self.standing.posts[row.key].id for row in rows if row.terms or row.duties or row.replaces}

    def _update_people(self, rows: list[PlannedRow]) -> None:
        """New names and addresses of people who are on the roster already."""
        known = self.standing.employments
        changed = {known[row.key[0]].id: row.person for row in rows if row.person and row.key[0] in known}
        update_people(Employment.objects.within(self.standing.agency), changed, at=self.at)

    def _make_people(self, rows: list[PlannedRow]) -> None:
        """A person for every employee reference that is new here; never one of another agency's."""
        known = self.standing.employments
        new: dict[str, dict[str, str]] = {}
        for row in rows:
            if row.terms and row.key[0] not in known:
                new.setdefault(row.key[0], {}).update(row.person)
        people, employments = reserve_ids(Person, len(new)), reserve_ids(Employment, len(new))
        made = [
            (ref, EmploymentState(employment_id, person_id, _said(said, *PERSON)))
            for (ref, said), person_id, employment_id in zip(new.items(), people, employments, strict=True)
        ]
        insert(
            Person,
            ("id", "uid", "first_name", "last_name", "preferred_name", "is_protected", "recorded_at"),
            ((it.person_id, uuid4(), *it.person[:3], False, self.at) for _ref, it in made),
        )
        insert(
            Employment,
            ("id", "uid", "agency_id", "person_id", "employee_ref", "work_email", "recorded_at"),
            ((it.id, uuid4(), self.standing.agency.pk, it.person_id, ref, it.person[3], self.at) for ref, it in made),
        )
        known.update(made)

    def _make_posts(self, rows: list[PlannedRow]) -> None:
        known = self.standing.employments
        keys = [row.key for row in rows if row.terms and row.key not in self.standing.posts]
        made = [(key, PostState(pk)) for key, pk in zip(keys, reserve_ids(Post, len(keys)), strict=True)]
        insert(
            Post,
            ("id", "uid", "employment_id", "assignment_ref", "recorded_at"),
            ((post.id, uuid4(), known[key[0]].id, key[1], self.at) for key, post in made),
        )
        self.standing.posts.update(made)

    def _make_places(self, rows: list[PlannedRow]) -> None:
        """Teams and workplaces that the agency has not had before."""
        contents = {span.content for row in rows for span in row.terms if span.content is not None}
        agency = self.standing.agency
        teams = sorted({content.team for content in contents} - {""} - self.standing.teams.keys())
        places = sorted({content.site_code for content in contents} - {""} - self.standing.workplaces.keys())
        made_teams = Team.objects.bulk_create(Team(agency=agency, title=title) for title in teams)
        made_places = Workplace.objects.bulk_create(Workplace(agency=agency, code=it, title=it) for it in places)
        self.standing.teams.update({team.title: team.pk for team in made_teams})
        self.standing.workplaces.update({place.code: place.pk for place in made_places})

    def _terms(self, rows: list[PlannedRow]) -> Iterator[tuple]:
        ids: dict[Content | None, tuple] = {}
        for row in rows:
            post_id = self.standing.posts[row.key].id if row.terms else 0
            for span in row.terms:
                if span.content not in ids:
                    ids[span.content] = self._ids_of(span)
                yield (post_id, span.starts_on, span.ends_on, *ids[span.content], self.source, self.at, self.by)

    def _ids_of(self, span: Span) -> tuple:
        """The columns of a term that say what the post is."""
        content, standing = span.content, self.standing
        if content is None:
            raise TypeError("a term says what the post is")
        manager: Key | None = content.manager
        return (
            standing.lists.role_group_ids.get(content.role_group),
            content.post_title,
            standing.teams.get(content.team),
            standing.workplaces.get(content.site_code),
            content.locality_id,
            standing.posts[manager].id if manager else None,
            content.employment_type,
            content.status,
            Decimal(content.fte) if content.fte else None,
        )

    def _duties(self, rows: list[PlannedRow]) -> Iterator[tuple]:
        ids = self.standing.lists.designation_ids
        for row in rows:
            for code, span in row.duties:
                post_id = self.standing.posts[row.key].id
                yield (post_id, ids[code], span.starts_on, span.ends_on, self.source, self.at, self.by)


def update_people(employments: QuerySet, said: dict[int, dict[str, str]], *, at: datetime) -> None:
    """Names and work addresses by employment id, where they changed."""
    found = [
        employment
        for start in range(0, len(said), BATCH)
        for employment in employments.filter(pk__in=sorted(said)[start : start + BATCH]).select_related(
            "person", "entered_as"
        )
    ]
    for employment in found:
        for name, value in said[employment.pk].items():
            setattr(employment if name == "work_email" else employment.named_by, name, value)
    addressed = [it for it in found if "work_email" in said[it.pk]]
    for employment in addressed:
        employment.addressed_at = at
    named = [it.named_by for it in found if said[it.pk].keys() - {"work_email"}]
    why = "by object, read within the agency"
    names = ["first_name", "last_name", "preferred_name"]
    Employment.objects.everywhere(reason=why).bulk_update(addressed, ["work_email", "addressed_at"], batch_size=500)
    Person.objects.everywhere(reason=why).bulk_update(named, names, batch_size=500)


def _said(person: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(person.get(name, "") for name in names)


def _replaced(rows: list[PlannedRow], what: str) -> list[int]:
    return [pk for row in rows for pk in row.replaces.get(what, ())]
