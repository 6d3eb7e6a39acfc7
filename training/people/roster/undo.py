"""Taking an applied file back: what it opened is closed, and what stood is written anew.

Nothing is deleted: what was known while the import stood stays known for those days. People, posts, teams and
workplaces that it made stay: what was known then names them, and their references keep meaning the same people.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency, Duty, Employment, Person, Post, RosterImport, RosterRow, Term
from training.people.models.roster import ImportState, RowKind
from training.people.services import mark_stale

from .bulk import collector_paused, insert
from .errors import LaterImport, NotWaiting, TooOld
from .keep import KEPT, is_forgotten
from .moments import moment_after_all
from .state import PERSON
from .write import BATCH, DUTY_COLUMNS, TERM_COLUMNS, replace_rows, update_people

Versions = type[Term] | type[Duty]
COLUMNS: dict[Versions, tuple[str, ...]] = {Term: TERM_COLUMNS, Duty: DUTY_COLUMNS}


@collector_paused()
@transaction.atomic
def undo_import(roster_import: RosterImport, *, by: Actor, at: datetime) -> RosterImport:
    """Undo it; `unrestored` then says in words what could not be brought back. Undoing it again changes nothing.

    Raises NotWaiting where it was never applied, LaterImport where another file of the agency has been applied since,
    TooOld where its rows have been forgotten.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    applied = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    if applied.state == ImportState.UNDONE:
        return applied
    if applied.state != ImportState.APPLIED:
        raise NotWaiting("This file has not been applied, so there is nothing to undo.")
    if is_forgotten(applied, at=at):
        raise TooOld(f"This file is too old to undo: its rows are kept for {KEPT.days} days.")
    later = RosterImport.objects.filter(agency=applied.agency, state=ImportState.APPLIED)
    if later.filter(applied_at__gt=applied.applied_at).exists():
        raise LaterImport("Another file has been applied since. Undo that one first.")
    at = moment_after_all(applied.agency, at)
    undoing = _Undoing(applied, by, at)
    applied.unrestored = undoing.run()
    applied.state, applied.undone_at, applied.undone_by = ImportState.UNDONE, at, str(by)
    applied.work, applied.work_by, applied.problem = "", "", ""
    applied.save(update_fields=["state", "undone_at", "undone_by", "unrestored", "work", "work_by", "problem"])
    mark_stale(undoing.touched, at=at)
    audit.record(
        "roster undone",
        by=by,
        at=at,
        kind="roster_import",
        uid=applied.uid,
        agency_code=applied.agency.code,
        posts=len(undoing.touched),
        unrestored=len(applied.unrestored),
    )
    return applied


class _Undoing:
    """One undoing: the posts that the import touched, those it made, and those that others have changed since."""

    def __init__(self, applied: RosterImport, by: Actor, at: datetime) -> None:
        self.applied, self.agency, self.by, self.at = applied, applied.agency, str(by), at
        self.applied_at = applied.applied_at or at
        self.replaced: dict[Versions, list[Term | Duty]] = {Term: [], Duty: []}
        for model, name in ((Term, "terms"), (Duty, "duties")):
            replaces = RosterRow.objects.of(applied).exclude(replaces={}).values_list("replaces", flat=True)
            ids = [pk for each in replaces for pk in each.get(name, ())]
            rows = model.objects.everywhere(reason="by id, read within the agency")
            self.replaced[model] = [row for part in _parts(ids) for row in rows.filter(pk__in=part)]
        self.touched = {row.post_id for rows in self.replaced.values() for row in rows}
        for model in (Term, Duty):
            self.touched |= set(self._opened(model).values_list("post_id", flat=True))

    def _opened(self, model: Versions) -> models.QuerySet:
        return model.objects.within(self.agency).known_now().filter(source=self.applied.source)

    def run(self) -> list[str]:
        """Put everything back; answers with what could not be."""
        new = self._made_by_import() & self.touched
        kept = (self._changed_since(Term) | self._changed_since(Duty)) - new
        ended = self._needed_elsewhere() & new
        for model in (Term, Duty):
            self._put_back(model, self.touched - new - kept)
            self._end_new(model, new, ended)
        self.touched -= kept
        return [
            *(f"The post {ref} was changed again since, so it stays as it is." for ref in self._refs(kept)),
            *(
                f"The new post {ref} belongs to somebody with a login or a training record: it stays, and has ended."
                for ref in self._refs(ended)
            ),
            *self._put_back_people(),
        ]

    def _made_by_import(self) -> set[int]:
        rows = RosterRow.objects.of(self.applied).filter(kind=RowKind.NEW)
        keys = set(rows.values_list("employee_ref", "assignment_ref"))
        posts = Post.objects.within(self.agency).values_list("employment__employee_ref", "assignment_ref", "pk")
        return {pk for employee_ref, assignment_ref, pk in posts if (employee_ref, assignment_ref) in keys}

    def _changed_since(self, model: Versions) -> set[int]:
        """Touched posts that are no longer what they were just after the import; only what moved since is read."""
        rows = model.objects.within(self.agency)
        columns = [name for name in COLUMNS[model] if not name.startswith("recorded")]
        gone = rows.filter(recorded_at__lte=self.applied_at, replaced_at__gt=self.applied_at)
        then = set(gone.values_list(*columns))
        now = set(rows.known_now().filter(recorded_at__gt=self.applied_at).values_list(*columns))
        return {row[0] for row in then ^ now} & self.touched

    def _needed_elsewhere(self) -> set[int]:
        """Posts of people whom another room must not lose (their completions, say), or who have a login."""
        posts = Post.objects.within(self.agency).filter(employment__person__in=_relied_on(self.agency))
        return set(posts.values_list("pk", flat=True))

    def _put_back(self, model: Versions, posts: set[int]) -> None:
        """Close what the import opened on these posts, and write anew what it replaced."""
        replace_rows(model, [row.pk for row in self._opened(model) if row.post_id in posts], at=self.at)
        self._write(model, [_columns(row) for row in self.replaced[model] if row.post_id in posts])

    def _end_new(self, model: Versions, new: set[int], ended: set[int]) -> None:
        """Close all that stands on the posts that the import made; some keep their days until today."""
        rows = model.objects.within(self.agency).known_now()
        last_day = london_date(self.at) - timedelta(days=1)
        kept = [row for part in _parts(sorted(ended)) for row in rows.filter(post__in=part, starts_on__lte=last_day)]
        short = [_columns(row) | {"ends_on": min(row.ends_on or last_day, last_day)} for row in kept]
        ids = [pk for pk, post_id in rows.values_list("pk", "post_id") if post_id in new]
        replace_rows(model, ids, at=self.at)
        self._write(model, short)

    def _write(self, model: Versions, rows: list[dict[str, object]]) -> None:
        known = {"recorded_at": self.at, "recorded_by": self.by}
        insert(model, COLUMNS[model], ([(row | known)[name] for name in COLUMNS[model]] for row in rows))

    def _put_back_people(self) -> list[str]:
        """Names and addresses as they were, unless somebody has changed them since."""
        wanted: dict[str, dict[str, list[str]]] = {}
        rows = RosterRow.objects.of(self.applied).exclude(changes={})
        for ref, changes in rows.values_list("employee_ref", "changes"):
            if personal := {name: changes[name] for name in PERSON if name in changes}:
                wanted[ref] = personal
        said: dict[int, dict[str, str]] = {}
        reasons = []
        for employment in _employments(self.agency, wanted):
            for name, (before, after) in wanted[employment.employee_ref].items():
                holder = employment if name == "work_email" else employment.named_by
                if getattr(holder, name) == after:
                    said.setdefault(employment.pk, {})[name] = before
                else:
                    reasons.append(f"The {name} of {employment.employee_ref} was changed since, so it stays.")
        update_people(Employment.objects.within(self.agency), said, at=self.at)
        return reasons

    def _refs(self, posts: set[int]) -> list[str]:
        """Employee and assignment reference of these posts, in order."""
        found = Post.objects.within(self.agency).values_list("pk", "employment__employee_ref", "assignment_ref")
        return sorted(f"{employee}/{assignment}" for pk, employee, assignment in found if pk in posts)


def _relied_on(agency: Agency) -> models.QuerySet[Person]:
    """People of the agency whom rows of other rooms protect from deletion, and those who have a login."""
    people = Person.objects.within(agency)
    needed: models.Q | models.expressions.Combinable = models.Q(user__isnull=False)
    for relation in Person._meta.related_objects:
        if relation.on_delete is models.PROTECT and relation.related_model._meta.app_label != "people":
            needed |= models.Exists(
                relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
            )
    return people.filter(needed)


def _employments(agency: Agency, refs: Iterable[str]) -> list[Employment]:
    rows = Employment.objects.within(agency).select_related("person", "entered_as")
    return [employment for part in _parts(sorted(refs)) for employment in rows.filter(employee_ref__in=part)]


def _parts(ids: list) -> list[list]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def _columns(row: Term | Duty) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS[type(row)]}
