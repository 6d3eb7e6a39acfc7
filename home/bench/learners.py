"""A crowd at once, each going through a course as somebody in a hurry would: nothing they were told is lost."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from multiprocessing.pool import ThreadPool
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from courses.content.questions import Question
from courses.draw import drawn
from courses.editions import final_of, outline_of, pieces_of
from courses.models import Answer, Attempt, CoursePage, Visit
from courses.pieces import knowledge_checks, scenarios
from courses.services.progress import finish_lesson, start_attempt
from training.ledger.models import Completion
from training.people.models import Person, User

from .figures import Figure
from .served import served

LEARNERS = {"postgresql": 200, "sqlite": 20}
SECONDS = 60
THINKING = (2.0, 6.0)
MOST_P95_MS = 400.0
COURSE = "everyone-a1"
SECRET = get_random_string(32)
Fields = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One request, and what it keeps: ('answer', try, question), ('done', lesson) or ('ledger',)."""

    path: str
    fields: Fields | None = None
    keeps: tuple[str | int, ...] = ()


@dataclass
class Learner:
    """One of the crowd: their run, what they will do, and what has become of it."""

    attempt: Attempt
    session: str
    steps: list[Step]
    told: set[tuple[str | int, ...]] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run() -> Iterator[Figure]:
    """All of them, for a minute: half from the first part on, half from the final check to the ledger."""
    crowd = _crowd(LEARNERS[connection.vendor], timezone.now())
    name = f"{len(crowd)} learners at once, {connection.vendor}"
    with served() as server:
        for learner in crowd[:8]:
            _ask(HTTPConnection("127.0.0.1", server.port, timeout=60), learner, Step(f"/learning/{COURSE}/part-1/"))
        before = server.cpu_seconds()
        until = monotonic() + SECONDS
        with ThreadPool(len(crowd)) as pool:
            pool.starmap(_learn, [(learner, server.port, until) for learner in crowd], chunksize=1)
        cpu = server.cpu_seconds() - before
    seconds = sorted(each for learner in crowd for each in learner.seconds)
    errors = [error for learner in crowd for error in learner.errors]
    lost = [step for learner in crowd for step in learner.told - _kept(learner.attempt)]
    yield Figure(f"{name}: requests in {SECONDS} s", len(seconds), "")
    yield Figure(f"{name}: steps told to be kept", sum(len(learner.told) for learner in crowd), "")
    yield Figure(f"{name}: of them lost{_such_as(lost)}", len(lost), "", 0)
    yield Figure(f"{name}: errors{_such_as(errors)}", len(errors), "", 0)
    yield Figure(f"{name}: p95", seconds[int(len(seconds) * 0.95)] * 1000, "ms", MOST_P95_MS)
    yield Figure(f"{name}: CPU a request", cpu / len(seconds) * 1000, "ms")


def _such_as(found: Sequence[object]) -> str:
    return f" ({found[0]})" if found else ""


def _crowd(size: int, at: datetime) -> list[Learner]:
    course = CoursePage.objects.select_related("module").get(slug=COURSE)
    people = Person.objects.everywhere(reason="bench").filter(user__isnull=True).order_by("pk")[:size]
    return [_learner(person, course, number, at) for number, person in enumerate(people)]


def _learner(person: Person, course: CoursePage, number: int, at: datetime) -> Learner:
    person.user = User.objects.create_user(f"{person.uid}@bench.example")
    person.save(update_fields=["user"])
    client = Client(SERVER_NAME="localhost")
    client.force_login(person.user)
    attempt = start_attempt(person, course, at=at)
    steps = _lessons(attempt) if number % 2 else _final(attempt, at)
    return Learner(attempt, client.cookies[settings.SESSION_COOKIE_NAME].value, steps)


def _lessons(attempt: Attempt) -> list[Step]:
    """Each part: read, decide in its stories, answer its questions, go on."""
    steps = [Step(f"/learning/{COURSE}/")]
    for lesson in outline_of(attempt.edition).lessons:
        path = f"/learning/{COURSE}/{lesson.slug}/"
        pieces = pieces_of(attempt.edition, lesson.slug)
        steps.append(Step(path))
        steps += [Step(f"{path}?story={number}&way=1") for number, _ in enumerate(scenarios(pieces), start=1)]
        steps += [Step(path, {"do": "place", "place": "at-1", "attempt": str(attempt.uid)})]
        for key, check in knowledge_checks(pieces).items():
            fields = _answer(check) | {"do": "answer", "check": key, "attempt": str(attempt.uid), "seen": "0"}
            steps += [Step(path, fields, ("answer", 0, key)), Step(path)]
        if not lesson.is_final:
            steps.append(Step(path, {"do": "continue", "attempt": str(attempt.uid)}, ("done", lesson.slug)))
    return steps


def _final(attempt: Attempt, at: datetime) -> list[Step]:
    """The final check of somebody who has been through all parts, to the ledger."""
    outline = outline_of(attempt.edition)
    final = outline.final
    assert final is not None, "the course has one"
    for lesson in outline.lessons:
        if not lesson.is_final:
            finish_lesson(attempt, lesson.slug, at=at)
    path, home = f"/learning/{COURSE}/{final.slug}/", f"/learning/{COURSE}/"
    steps = [Step(home), Step(path), Step(path, {"after": "0"})]
    for number, question in enumerate(drawn(final_of(attempt.edition, final.slug), attempt.uid, 1), start=1):
        fields = _answer(question) | {"try": "1", "attempt": str(attempt.uid), "seen": "0"}
        steps += [Step(f"{path}{number}/"), Step(f"{path}{number}/", fields, ("answer", 1, question.key))]
    return [*steps, Step(f"{path}answers/"), Step(f"{home}finish/", {}, ("ledger",)), Step(f"{home}done/")]


def _answer(question: Question) -> Fields:
    if question.is_placed:
        placed = (answer.split(":") for answer in question.right())
        return {f"place-{option}": place for option, place in placed}
    return {"chosen": sorted(question.right())}


def _learn(learner: Learner, port: int, until: float) -> None:
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    sleep(random.uniform(0, THINKING[1]))  # noqa: S311  no secret
    for step in learner.steps:
        if monotonic() > until:
            break
        _ask(asked, learner, step)
        sleep(random.uniform(*THINKING))  # noqa: S311  no secret
    asked.close()


def _ask(asked: HTTPConnection, learner: Learner, step: Step) -> None:
    cookies = f"{settings.SESSION_COOKIE_NAME}={learner.session}; {settings.CSRF_COOKIE_NAME}={SECRET}"
    headers = {"Host": "localhost", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    body = None if step.fields is None else urlencode(step.fields | {"csrfmiddlewaretoken": SECRET}, doseq=True)
    started = perf_counter()
    try:
        asked.request("GET" if body is None else "POST", step.path, body, headers)
        answer = asked.getresponse()
        answer.read()
        asked.close()  # whoever has thought for some seconds comes back on a new connection
    except (OSError, HTTPException) as error:
        learner.errors.append(f"{step.path}: {error!r}")
        asked.close()
        return
    learner.seconds.append(perf_counter() - started)
    if answer.status not in (200, 204, 302) or "/account/" in answer.headers.get("Location", ""):
        learner.errors.append(f"{step.path} answered {answer.status}")
    elif step.keeps:
        learner.told.add(step.keeps)


def _kept(attempt: Attempt) -> set[tuple[str | int, ...]]:
    """What stands of somebody's steps: each answer once, and one entry in the ledger."""
    answers = Answer.objects.along(attempt).filter(times=1, is_correct=True).values_list("final_try", "question")
    done = Visit.objects.along(attempt).filter(done_at__isnull=False).values_list("lesson", flat=True)
    entries = Completion.objects.of(attempt.person).filter(idempotency_key=attempt.ledger_key)
    recorded: set[tuple[str | int, ...]] = {("ledger",)} if entries.count() == 1 else set()
    return {("answer", *each) for each in answers} | {("done", each) for each in done} | recorded
