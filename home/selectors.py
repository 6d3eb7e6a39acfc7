"""What the front door's pages show, put together from the rooms below."""

from dataclasses import dataclass, replace
from datetime import date

from certificates.answer import Kind
from certificates.selectors import OwnCertificate, certificates_of
from courses.parts import PartDone, parts_done
from courses.selectors import AttemptRow, CourseRow, News, attempts_of, course_for_module, news_for
from training.ledger.models import Entry
from training.ledger.selectors import MyStanding, agencies_asking_again, own_standings, record_of
from training.ledger.standing import State
from training.people.identity.sharing import employers
from training.people.models import Person
from training.rules.because import Lent, lent_to

DATED = (Kind.IN_DATE, Kind.NO_END, Kind.RAN_OUT)
TO_DO = (State.OVERDUE, State.DUE_SOON, State.IN_PROGRESS, State.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to learn: why, by when, how long it takes, and where to begin or go on."""

    standing: MyStanding
    course: CourseRow | None
    attempt: AttemptRow | None
    part: PartDone | None = None

    @property
    def minutes(self) -> int:
        """What is left of it: by the online course where that is all of it, else as the module says."""
        if self.attempt:
            return self.attempt.minutes_left
        if self.course and self.course.is_whole:
            return self.course.minutes
        return self.standing.minutes


@dataclass(frozen=True, slots=True)
class Done:
    """Something learnt, with its certificate. `has_standing`: the page says elsewhere until when the module counts."""

    completion: Entry
    certificate: OwnCertificate | None
    has_standing: bool = False

    @property
    def words(self) -> str:
        """What the certificate says; no day beside a standing's, which the rules of today decide, not those of then."""
        if self.certificate is None or (self.has_standing and self.certificate.answer.kind in DATED):
            return ""
        return self.certificate.answer.words


@dataclass(frozen=True, slots=True)
class LearnersPage:
    """Everything on the learner's page. `resting` ask for nothing now; `lent` says what counts for what.

    `begun` are courses that one is in the middle of and that stand under nothing that is asked; `news` are courses
    worth another look; `could_share`: an employer asks again for what is in date in another job.
    """

    to_do: tuple[ToDo, ...]
    resting: tuple[MyStanding, ...]
    done: tuple[Done, ...]
    begun: tuple[AttemptRow, ...] = ()
    lent: tuple[Lent, ...] = ()
    news: tuple[News, ...] = ()
    could_share: bool = False

    @property
    def in_date(self) -> tuple[MyStanding, ...]:
        """What one holds and need not think of now, the first to end first."""
        held = (it for it in self.resting if it.is_valid)
        return tuple(sorted(held, key=lambda it: it.valid_until or date.max))

    @property
    def not_asked(self) -> tuple[MyStanding, ...]:
        """What rests: excused, on leave, or not asked yet."""
        return tuple(it for it in self.resting if not it.is_valid)

    @property
    def next_due_on(self) -> date | None:
        """The first day to come on which something is due."""
        ahead = (it.standing for it in self.to_do if it.standing.state != State.OVERDUE)
        return min((it.due_on for it in ahead if it.due_on), default=None)

    @property
    def overdue(self) -> int:
        """How many things are overdue."""
        return sum(it.standing.state == State.OVERDUE for it in self.to_do)

    @property
    def minutes(self) -> int:
        """What is to be done, in all."""
        return sum(it.minutes for it in self.to_do)


def learners_page(person: Person, *, on: date) -> LearnersPage:
    """The page of one person on a day, in a fixed number of queries."""
    standings = own_standings(person, on=on)
    to_do = [it for it in standings if it.state in TO_DO and it.is_required]
    open_ = [row for row in attempts_of(person) if row.state == "open"]
    attempts = {row.module_id: row for row in open_}
    courses = course_for_module([it.module.pk for it in to_do])
    parts = {part.module_id: part for part in parts_done(person)}
    done = completions_of(person, on=on)
    asked = {it.module.pk for it in standings}
    held = [it.module for it in standings if it.is_valid]
    shown = [attempts.get(it.module.pk) for it in to_do]
    return LearnersPage(
        to_do=tuple(_to_do(it, courses, attempts, parts) for it in to_do),
        begun=tuple(row for row in open_ if row not in shown),
        resting=tuple(it for it in standings if it not in to_do),
        done=tuple(replace(it, has_standing=it.completion.module_id in asked) for it in done),
        lent=lent_to(held, {it.completion.module_id for it in done}, on=on),
        news=news_for(person),
        could_share=_could_share(person, on=on),
    )


def _could_share(person: Person, *, on: date) -> bool:
    """Whether an employer asks again only because the learner has not let it count what she has elsewhere."""
    if person.is_protected or not person.earlier_records():
        return False
    quiet = {each.agency.pk for each in employers(person, on=on) if not each.is_shown}
    return bool(quiet and quiet & agencies_asking_again(person, on=on))


def _to_do(
    standing: MyStanding,
    courses: dict[int, CourseRow],
    attempts: dict[int, AttemptRow],
    parts: dict[int, PartDone],
) -> ToDo:
    module = standing.module.pk
    return ToDo(standing, courses.get(module), attempts.get(module), parts.get(module))


def completions_of(person: Person, *, on: date) -> tuple[Done, ...]:
    """What somebody has completed, the latest first, with the certificates."""
    record = record_of(person)
    certificates = certificates_of(record, on=on) if record.completions else {}
    return tuple(Done(completion, certificates.get(completion.pk)) for completion in record.completions)
