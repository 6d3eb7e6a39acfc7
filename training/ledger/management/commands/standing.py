"""`manage.py standing --facts FILE`: standings from a file of facts, without touching the database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from training.ledger.facts_answers import Facts, as_json
from training.ledger.facts_file import BadFacts, read_lines

ANSWERED, REFUSED, BAD_CALL = 0, 1, 2


class Command(BaseCommand):
    """Reads facts, requirements and questions as lines of JSON, and prints a line for each question.

    Exit status: 0 all answered; 1 the file is refused, with reasons and line numbers, and nothing is printed; 2 a bad
    call. `docs/features/renewal.md` describes the lines.
    """

    help = "Work out standings from a file of facts, without the database"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As in the class's text."""
        parser.add_argument("--facts", required=True, metavar="FILE", help="lines of JSON; - reads standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, answer, print."""
        try:
            answers = [as_json(answer) for answer in Facts(read_lines(_lines(options["facts"]))).answers()]
        except BadFacts as refusal:
            self._stop(REFUSED, refusal.faults)
        except UnicodeDecodeError:
            self._stop(REFUSED, ["The file is not UTF-8."])
        except OSError as error:
            self._stop(BAD_CALL, [f"The file '{options['facts']}' cannot be read: {error.strerror}."])
        else:
            for answer in answers:
                self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _stop(self, status: int, messages: list[str]) -> None:
        for message in messages:
            self.stderr.write(message)
        raise SystemExit(status)


def _lines(name: str) -> list[str]:
    """The file's lines; a byte order mark at its start is left out."""
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return data.decode("utf-8-sig").split("\n")
