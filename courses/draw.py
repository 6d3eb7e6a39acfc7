"""Which questions a try of the final check asks: settled by the attempt and the number of the try."""

import random
from math import ceil
from uuid import UUID

from courses.content.schema import FinalCheck, FinalQuestion, Question


def drawn(check: FinalCheck, attempt_uid: UUID, number: int) -> tuple[FinalQuestion, ...]:
    """`check.ask` questions of the pool, in the pool's order; the same ones whenever the same try is opened."""
    # Not for secrets: only so that a reload asks the same questions and the next try asks others.
    chosen = random.Random(f"{attempt_uid}:{number}").sample(range(len(check.questions)), check.ask)  # noqa: S311
    return tuple(check.questions[place] for place in sorted(chosen))


def is_right(question: Question, chosen: set[str]) -> bool:
    """Whether exactly the correct options were chosen."""
    return chosen == {option.key for option in question.options if option.correct}


def needed(asked: int, pass_mark: int) -> int:
    """How many right answers pass: the pass mark in per cent of those asked, rounded up."""
    return ceil(asked * pass_mark / 100)
