"""The confined child that reads a completion file: as for rosters, with the columns of completions."""

from training.evidence.columns import recognise
from training.people.roster.child import main as read_and_answer


def main() -> None:
    """Read standard input, answer on standard output."""
    read_and_answer(recognise)
