"""What a package's commit costs: the whole state of one part, durable before it is acknowledged, in one request."""

import json
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPConnection
from multiprocessing.pool import ThreadPool
from time import perf_counter

from django.conf import settings
from django.utils import timezone

from courses.models import CoursePage, Package
from courses.packages.items import AS_COMPLETED, SCORM_2004, Item, Reading
from courses.packages.services.launch import open_launch, start_launch
from courses.services.loading import course_index
from courses.services.progress import start_attempt
from courses.services.publishing import freeze
from training.access.actor import Actor
from training.people.models import Person

from .figures import Figure
from .served import served

LEARNERS = 8
COMMITS = 200
WARM_UP = 20
MOST_CPU_MS = 6.0
LEAST_A_SECOND = 300
STATE = {
    "completion_status": "incomplete",
    "location": "page-12",
    "suspend_data": "x" * 4000,
    "session_time": "PT10M",
    "interactions": [{"id": f"q{n}", "type": "choice", "result": "correct"} for n in range(20)],
}


def run() -> Iterator[Figure]:
    """Eight learners of the demo world at once, each saving as fast as the answers come."""
    tokens = _launches(timezone.now())
    with served() as server:
        _save_all(server.port, tokens, 1, WARM_UP)
        before, started = server.cpu_seconds(), perf_counter()
        seconds = _save_all(server.port, tokens, WARM_UP + 1, COMMITS)
        took, cpu = perf_counter() - started, server.cpu_seconds() - before
    many = len(seconds)
    yield Figure("Commit of a package: CPU", cpu / many * 1000, "ms", MOST_CPU_MS)
    yield Figure(f"Commits: time for {LEAST_A_SECOND}", took / many * LEAST_A_SECOND, "s", 1.0)
    yield Figure("Commits", many / took, "a second")
    yield Figure(f"Commit: p95 with {LEARNERS} learners", sorted(seconds)[int(many * 0.95)] * 1000, "ms")


def _launches(at: datetime) -> list[str]:
    """A launch of a package of one part for each of some learners, started."""
    course, by = _course(at), Actor.system("bench")
    people = Person.objects.everywhere(reason="bench").filter(user__isnull=False).order_by("pk")[:LEARNERS]
    assert course.package is not None, "it has just been given one"
    tokens = [open_launch(start_attempt(each, course, at=at), course.package, by=by, at=at) for each in people]
    for token in tokens:
        start_launch(token, at=at)
    return tokens


def _course(at: datetime) -> CoursePage:
    reading = Reading(SCORM_2004, "Bench", (Item("one", "One", "index.html"),))
    package = Package.objects.create(
        title="Bench",
        kind=reading.kind,
        folder="b" * 43,
        sha256="0" * 64,
        size=0,
        file_count=0,
        reading=reading.as_json(),
        counts_when=AS_COMPLETED,
        uploaded_at=at,
        uploaded_by="system:bench",
    )
    like = CoursePage.objects.all()[0]
    texts = ("title", "slug", "neutral_title", "summary", "outcomes", "stop_text", "quiet_route_text", "support_text")
    page = CoursePage(module=like.module, minutes=1, package=package, **dict.fromkeys(texts, "bench"))
    course_index().add_child(instance=page)
    freeze(page, at=at)
    return page


def _save_all(port: int, tokens: list[str], first: int, many: int) -> list[float]:
    with ThreadPool(len(tokens)) as pool:
        taken = pool.starmap(_save, [(port, token, first, many) for token in tokens], chunksize=1)
    return [seconds for each in taken for seconds in each]


def _save(port: int, token: str, first: int, many: int) -> list[float]:
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": settings.CONTENT_HOST, "X-Launch": token, "Content-Type": "application/json"}
    taken = []
    for number in range(first, first + many):
        body = json.dumps({"number": number, "item": "one", "session": 1, "is_over": False, "cmi": STATE})
        started = perf_counter()
        asked.request("POST", "/run/commit/", body, headers)
        answer = asked.getresponse()
        said = json.loads(answer.read())
        taken.append(perf_counter() - started)
        if said.get("number") != number:
            raise RuntimeError(f"a commit was answered {answer.status}: {said}")
    asked.close()
    return taken
