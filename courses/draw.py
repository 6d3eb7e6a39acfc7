"""Which questions a try of the final check asks, in which order options are met, and what counts as right."""

import random
from math import ceil
from uuid import UUID

from courses.content.questions import FinalQuestion, Option, Question
from courses.content.schema import FinalCheck


def drawn(check: FinalCheck, attempt_uid: UUID, number: int) -> tuple[FinalQuestion, ...]:
    """`check.ask` questions of the pool, in the pool's order; the same ones whenever the same try is opened."""
    # Not for secrets: only so that a reload asks the same questions and the next try asks others.
    chosen = random.Random(f"{attempt_uid}:{number}").sample(range(len(check.questions)), check.ask)  # noqa: S311
    return tuple(check.questions[place] for place in sorted(chosen))


def is_right(question: Question, chosen: set[str]) -> bool:
    """Whether exactly the right options were chosen, or all of them put where they belong."""
    return chosen == question.right()


def shown(question: Question) -> list[Option]:
    """The options as a learner meets them: those to be put in place are mixed, the same way every time."""
    if not question.is_placed:
        return question.options
    mixed = random.Random(question.key).sample(question.options, len(question.options))  # noqa: S311  no secret
    return mixed if mixed != question.options else mixed[::-1]


def needed(asked: int, pass_mark: int) -> int:
    """How many right answers pass: the pass mark in per cent of those asked, rounded up."""
    return ceil(asked * pass_mark / 100)
