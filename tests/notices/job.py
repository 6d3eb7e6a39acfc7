"""A job for the worker's tests."""

from django_tasks import task


@task()
def count_letters(word: str) -> int:
    """Something that can be checked."""
    return len(word)
