"""Amira, a module, and a course that is a package."""

import json
import re
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.test import Client

from courses.models import CoursePage, Package
from courses.packages.services.upload import keep_package
from courses.services.loading import course_index
from courses.services.publishing import freeze
from tests.courses.packages.zips import package
from tests.factories import ModuleFactory
from training.access.actor import Actor

BY = Actor("user", "author")


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    """A folder for packages of the test's own."""
    caches["local"].clear()
    settings.PACKAGE_ROOT = tmp_path / "packages"
    return settings.PACKAGE_ROOT


@pytest.fixture
def module(world):
    """The module that the course delivers."""
    return ModuleFactory(code="DA-S2")


@pytest.fixture
def course_of(module, moment):
    """Publishes a package as the course 'small': `course_of(file)`; again, with another file, as its next edition."""

    def publish(file=None, **options) -> CoursePage:
        kept = file if isinstance(file, Package) else keep_package(file or package(), by=BY, at=moment, **options)
        page = CoursePage.objects.filter(slug="small").first()
        if page is None:
            fields = {
                "title": "A course from elsewhere",
                "slug": "small",
                "module": module,
                "neutral_title": "Module S2",
                "summary": "What it is about.",
                "minutes": 30,
                "outcomes": "Know it",
                "stop_text": "<p>Stop any time.</p>",
                "quiet_route_text": "<p>Another way.</p>",
                "support_text": "<p>Help.</p>",
            }
            page = course_index().add_child(instance=CoursePage(**fields))
        page.package = kept
        page.save()
        freeze(page, at=moment)
        return page

    return publish


HOST = "127.0.0.1"


@pytest.fixture(autouse=True)
def content_host(settings):
    """The content host, beside the site's 'testserver'."""
    settings.CONTENT_HOST = HOST
    return HOST


@pytest.fixture
def learner(amira) -> Client:
    """Amira's browser."""
    client = Client()
    client.force_login(amira.user)
    return client


@dataclass
class Wrapper:
    """The wrapper page, as far as the server can tell: it holds a token and nothing else."""

    token: str
    number: int = 0
    session: int = 1

    def _post(self, address: str, body: bytes = b"", **headers: str):
        return Client().post(
            address, body, content_type="application/json", HTTP_HOST=HOST, HTTP_X_LAUNCH=self.token, **headers
        )

    def start(self):
        """As it starts."""
        answer = self._post("/run/start/")
        self.number = answer.json().get("number", 0)
        return answer

    def send(self, body: bytes, **headers: str):
        """Any bytes as a commit."""
        return self._post("/run/commit/", body, **headers)

    def body(self, cmi: dict, *, item: str = "one", is_over: bool = False) -> bytes:
        """The next commit."""
        self.number += 1
        said = {"number": self.number, "item": item, "session": self.session, "is_over": is_over, "cmi": cmi}
        return json.dumps(said).encode()

    def commit(self, cmi: dict, **options):
        """Sends the next commit."""
        return self.send(self.body(cmi, **options))


def opened(learner: Client) -> Wrapper:
    """A launch of the course 'small', not yet started."""
    page = learner.get("/learning/small/open/").content.decode()
    return Wrapper(re.search(r"/run/#([\w-]{43})", page)[1])


@pytest.fixture
def launch(learner, course_of):
    """Begins the course and starts its package: `launch(file, ...)` gives the wrapper."""

    def begin(file=None, **options) -> Wrapper:
        course_of(file, **options)
        learner.post("/learning/small/start/")
        wrapper = opened(learner)
        assert wrapper.start().status_code == 200
        return wrapper

    return begin
