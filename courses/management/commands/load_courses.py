"""`manage.py load_courses --partnership severnshire`: put the packaged courses into pages, all or some."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from pydantic import ValidationError

from courses.content.base import read_yaml
from courses.content.schema import Course, read_course
from courses.services.loading import CourseNotLoaded, Loaded, load_course
from courses.services.packaged import load_packaged
from training.people.models import Partnership


class Command(BaseCommand):
    """Loads courses; running it again with the same texts changes nothing, and no record is ever touched."""

    help = (
        "Load the packaged courses into pages and publish them, and a page for each module that is not done online. "
        "Name some (or YAML files) to load those alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load, and for whom."""
        parser.add_argument("texts", nargs="*", help="'da_a1', or the path of a YAML file; all if none is named")
        parser.add_argument("--partnership", required=True, help="code of the partnership whose modules they deliver")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, load, say what happened."""
        partnership = Partnership.objects.filter(code=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership '{options['partnership']}'.")
        try:
            for loaded in _load(options["texts"], partnership):
                did = "published" if loaded.is_changed else "unchanged"
                self.stdout.write(f"{loaded.course.slug}: {did}, edition {loaded.edition}")
        except (CourseNotLoaded, ValidationError, OSError, yaml.YAMLError) as error:
            raise CommandError(str(error)) from error


def _load(texts: list[str], partnership: Partnership) -> Iterator[Loaded]:
    at = timezone.now()
    if not texts:
        return load_packaged(partnership, at=at)
    return (load_course(_read(text), partnership=partnership, at=at) for text in texts)


def _read(text: str) -> Course:
    path = Path(text)
    if path.suffix in {".yaml", ".yml"}:
        return Course.model_validate(read_yaml(path))
    if not text.isidentifier():
        raise CourseNotLoaded(f"'{text}' is neither a packaged course nor a YAML file.")
    return read_course(text)
