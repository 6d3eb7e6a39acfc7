"""What evidence and completion files ask of the confined child that reads rosters too."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from training.people.roster.confined import run_child
from training.people.roster.limits import WALL_SECONDS

TOO_LONG = f"The file took more than {WALL_SECONDS} seconds to read. Leave out what is not needed."
DIED = "The file could not be read within the limits of memory and time."


@contextmanager
def answer_of(child: str, source: IO[bytes]) -> Iterator[IO[bytes]]:
    """What the child of this module makes of the bytes, as an open file. Raises Refused where it comes to no end."""
    with tempfile.TemporaryFile() as answer:
        run_child(child, source=source, answer=answer, too_long=TOO_LONG, died=DIED)
        answer.seek(0)
        yield answer
