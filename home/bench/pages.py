"""What the pages of the demo world cost: CPU of the workers, the slowest twentieth, and queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import repeat
from multiprocessing.pool import ThreadPool
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from training.people.models import User

from .figures import Figure
from .served import Served, served

REQUESTS = 400
WARM_UP = 80
CLIENTS = (1, 8)
FORM = "application/x-www-form-urlencoded"
MOST_CPU_MS = 12.0
MOST_READING_MS = 10.0
LEARNER = "amira.haddad@severnshire-hospitals.example"
WITH_A_RECORD = "lena.marsh@severnshire-hospitals.example"
HR = "bea.okoro@severnshire-hospitals.example"


SECRET = "a" * 32  # what Django takes for the secret of a form, in the cookie and beside it


@dataclass(frozen=True, slots=True)
class Page:
    """A page, by whom it is opened, and the most CPU it may take; with a `form` that is sent, it leads elsewhere."""

    name: str
    path: str
    email: str
    most_cpu_ms: float | None = None
    form: str = ""


STORY = "/learning/everyone-a1/part-5/?story=1&way="
ANSWER = "do=answer&check=response-first&chosen=thanks"
PAGES = (
    Page("Support, signed in (the bare frame)", "/support/", LEARNER),
    Page("Learner's page", "/learning/", LEARNER, MOST_CPU_MS),
    Page("Learner's page, with a record", "/learning/", WITH_A_RECORD, MOST_CPU_MS),
    Page("Lesson page", "/learning/everyone-a1/part-2/", LEARNER, MOST_READING_MS),
    Page("A check, answered", "/learning/everyone-a1/part-5/", LEARNER, MOST_CPU_MS, ANSWER),
    Page("A step of a story", f"{STORY}1", LEARNER, MOST_CPU_MS),
    Page("A story heard to its end", f"{STORY}1-1-1-1", LEARNER, MOST_CPU_MS),
    Page("HR's page", "/agency/SHT/", HR),
    Page("HR's list of people", "/agency/SHT/people/", HR),
    Page("HR's matrix", "/agency/SHT/matrix/", HR),
)


def run() -> Iterator[Figure]:
    """Each page of the demo world in turn, asked by one client and by eight at once."""
    clients = {email: _signed_in(email) for email in (LEARNER, WITH_A_RECORD, HR)}
    clients[LEARNER].post("/learning/everyone-a1/start/")
    with served() as server:
        for page in PAGES:
            yield from _measure(page, clients[page.email], server)


def _signed_in(email: str) -> Client:
    """A client of this process; its session lies in the database that the server reads."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=email))
    return client


def _measure(page: Page, client: Client, server: Served) -> Iterator[Figure]:
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    _ask(page, cookie, server.port, clients=8, requests=WARM_UP)
    before = server.cpu_seconds()
    taken = {count: _ask(page, cookie, server.port, clients=count, requests=REQUESTS) for count in CLIENTS}
    cpu = (server.cpu_seconds() - before) / (REQUESTS * len(CLIENTS))
    yield Figure(f"{page.name}: CPU a request", cpu * 1000, "ms", page.most_cpu_ms)
    for count, seconds in taken.items():
        slow = sorted(seconds)[int(len(seconds) * 0.95)]
        yield Figure(f"{page.name}: p95 with {count} client{'s' if count > 1 else ''}", slow * 1000, "ms")
    with CaptureQueriesContext(connection) as queries:
        client.post(page.path, page.form, FORM) if page.form else client.get(page.path)
    yield Figure(f"{page.name}: database", len(queries), "queries")


def _ask(page: Page, cookie: str, port: int, *, clients: int, requests: int) -> list[float]:
    """The seconds of each request, so many clients at once, each keeping its connection."""
    share = requests // clients
    with ThreadPool(clients) as pool:
        answers = pool.starmap(_one_client, repeat((page, cookie, port, share), clients), chunksize=1)
    return [seconds for each in answers for seconds in each]


def _one_client(page: Page, cookie: str, port: int, requests: int) -> list[float]:
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": "localhost", "Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={SECRET}"}
    if page.form:
        headers |= {"Content-Type": FORM, "X-CSRFToken": SECRET}
    taken = []
    for _ in range(requests):
        started = perf_counter()
        asked.request("POST" if page.form else "GET", page.path, page.form or None, headers)
        answer = asked.getresponse()
        answer.read()
        taken.append(perf_counter() - started)
        if answer.status != (302 if page.form else 200):
            raise RuntimeError(f"{page.path} answered {answer.status}")
    asked.close()
    return taken
