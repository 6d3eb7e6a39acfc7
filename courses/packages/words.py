"""What a package asks for, told to its author before it is published."""

from collections.abc import Iterator

from courses.models import Package

from .items import AS_BOTH, AS_COMPLETED, AS_PASSED, H5P, Item

SILENT = {
    AS_COMPLETED: "counts as completed, as the standard has it",
    AS_PASSED: "is not done by that: it has to say 'passed', or to reach the mark asked for",
    AS_BOTH: "counts as completed, as the standard has it, but is done only once it has passed as well",
}


def told_of(package: Package) -> list[str]:
    """Sentences: the parts, when it counts, the marks asked for, and what is not done as the package may expect."""
    return list(_sentences(package))


def _sentences(package: Package) -> Iterator[str]:
    reading = package.contents
    parts = len(reading.playable)
    yield f"It has {parts} part{'' if parts == 1 else 's'} to open."
    if reading.organisations > 1:
        yield f"It offers {reading.organisations} organisations of its parts; its default, '{reading.title}', is used."
    asked = [item for item in reading.playable if item.counts]
    whole = "its part does" if parts == 1 else "every part that counts does"
    yield f"The module is completed when {whole}: when {package.get_counts_when_display()}."
    if not all(item.is_sco for item in asked):
        yield "Parts that are plain pages report nothing: they count as done once opened."
    silent = [item for item in asked if item.ends_completed and item.is_sco]
    if silent:
        yield f"A part that ends without a word on how far it got {SILENT[package.counts_when]}."
    if package.counts_when == AS_COMPLETED and any(item.has_pass_mark for item in silent):
        yield "A score under the mark asked for is not done, whatever the part says."
    for item in asked:
        if item.has_pass_mark:
            yield f"'{item.title}' asks for a mark of {_mark(item)}."
    if package.counts_when != AS_COMPLETED and not any(item.has_pass_mark for item in asked if item.is_sco):
        yield "Its manifest sets no mark: it is passed when its own questions say so."
    for item in reading.playable:
        if not item.counts:
            yield f"'{item.title}' is not asked for."
    if reading.kind == H5P:
        yield "Once its last answer has been checked, it says by itself whether it is completed and passed."
    yield "It is never told who the learner is, and its word is marked 'self-reported' in records."


def _mark(item: Item) -> str:
    return f"{item.mastery:g}" if item.mastery is not None else f"{(item.pass_measure or 0) * 100:g} per cent"
