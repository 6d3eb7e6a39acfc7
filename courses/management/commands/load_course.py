"""`manage.py load_course da_a1 --partnership severnshire`: put a packaged course into pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from pydantic import ValidationError

from courses.content.schema import Course, read_course
from courses.services.loading import CourseNotLoaded, load_course
from training.people.models import Partnership


class Command(BaseCommand):
    """Loads one course; running it again with the same text changes nothing."""

    help = "Load a course text (a packaged one by name, or a YAML file) into pages and publish it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load, and for whom."""
        parser.add_argument("text", help="'da_a1', or the path of a YAML file")
        parser.add_argument("--partnership", required=True, help="code of the partnership whose module it delivers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, load, say what happened."""
        partnership = Partnership.objects.filter(code=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership '{options['partnership']}'.")
        try:
            loaded = load_course(_read(options["text"]), partnership=partnership, at=timezone.now())
        except (CourseNotLoaded, ValidationError, OSError, yaml.YAMLError) as error:
            raise CommandError(str(error)) from error
        did = "published" if loaded.is_changed else "unchanged"
        self.stdout.write(f"{loaded.course.slug}: {did}, edition {loaded.edition}")


def _read(text: str) -> Course:
    path = Path(text)
    if path.suffix in {".yaml", ".yml"}:
        return Course.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    if not text.isidentifier():
        raise CourseNotLoaded(f"'{text}' is neither a packaged course nor a YAML file.")
    return read_course(text)
