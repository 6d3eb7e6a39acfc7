"""Amira, a module, and a course that is a package."""

import pytest
from django.core.cache import caches

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
