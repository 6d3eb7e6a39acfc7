"""What a course must hold as a whole, which no single page of it can know. Reads an edition's content."""

from collections.abc import Iterator
from typing import Any

from courses.content.pace import minutes_needed
from courses.plain import plain

# What decides how answers are kept and marked: a change here is never a small correction.
BONES = {
    "slug",
    "is_final",
    "is_online",
    "package",
    "type",
    "key",
    "kind",
    "goes_to",
    "goes_with",
    "image",
    "file",
    "correct",
    "outcome",
    "ask",
    "moment",
    "read_again",
    "pass_mark",
    "counts_as",
}


def bones(part: Any) -> Any:
    """The content without its words: two contents with the same bones differ in nothing that counts."""
    if isinstance(part, dict):
        kept = {name: value if name in BONES else bones(value) for name, value in part.items()}
        return {name: value for name, value in kept.items() if name in BONES or value is not None}
    return [bones(value) for value in part] if isinstance(part, list) else None


def stops(content: dict[str, Any]) -> list[str]:
    """Why learners must not meet it yet, in words for its author. They keep the last edition that was whole."""
    lessons = content["lessons"]
    if not content.get("is_online", True) or any(lesson.get("package") for lesson in lessons):
        return []
    if not lessons:
        return ["The course has no published lesson yet."]
    found = []
    final = [lesson["title"] for lesson in lessons if lesson["is_final"]]
    if not final:
        found.append("No published lesson holds a final check, so nobody could finish the course.")
    if len(final) > 1:
        found.append(f"More than one lesson holds a final check: {_listed(final)}.")
    return [*found, *_repeated_keys(lessons)]


def warnings(content: dict[str, Any]) -> list[str]:
    """What its author should look at; learners can meet it all the same."""
    lessons = content["lessons"]
    if not lessons or any(lesson.get("package") for lesson in lessons):
        return []
    found = []
    minutes = sum(lesson["minutes"] for lesson in lessons)
    if minutes != content["minutes"]:
        found.append(f"The course says {content['minutes']} minutes; its lessons take {minutes}.")
    if any(lesson["is_final"] for lesson in lessons[:-1]):
        found.append("The lesson with the final check is not the last one.")
    found += _hurried(lessons)
    slugs = {lesson["slug"] for lesson in lessons}
    for lesson, value in _questions(lessons):
        if value.get("read_again", "") not in {*slugs, ""}:
            found.append(
                f"In '{lesson}', the question '{value.get('key')}' says to read '{value['read_again']}' again: "
                "no published lesson has that address."
            )
    return [*found, *_untested(content), *_unpaired(lessons)]


def _hurried(lessons: list[dict[str, Any]]) -> list[str]:
    needed = [minutes_needed((block["type"], block["value"]) for block in plain(lesson["body"])) for lesson in lessons]
    return [
        f"'{lesson['title']}' says {lesson['minutes']} minutes; reading and deciding takes about {minutes:.0f}."
        for lesson, minutes in zip(lessons, needed, strict=True)
        if minutes > lesson["minutes"] + 1
    ]


def _untested(content: dict[str, Any]) -> list[str]:
    asked = {value["outcome"] for _, value in _questions(content["lessons"]) if "outcome" in value}
    missing = [text for number, text in enumerate(content["outcomes"], 1) if number not in asked]
    return [f"No question of the final check shows the outcome '{text}'." for text in missing]


def _unpaired(lessons: list[dict[str, Any]]) -> list[str]:
    asked: dict[str, list[tuple[str, Any]]] = {}
    for _, value in _questions(lessons):
        if "moment" in value:
            asked.setdefault(value["key"], []).append((value["moment"], value["statements"]))
    return [
        f"The survey '{key}' counts only if the same statements are asked before and then after."
        for key, times in asked.items()
        if [moment for moment, _ in times] != ["before", "after"] or times[0][1] != times[1][1]
    ]


def _repeated_keys(lessons: list[dict[str, Any]]) -> list[str]:
    places: dict[tuple[str, str], list[str]] = {}
    for lesson, value in _questions(lessons):
        places.setdefault((value["key"], value.get("moment", "")), []).append(lesson)  # a survey is asked twice
    return [
        f"The key '{key}' is used {len(where)} times, in {_listed(where)}: answers would be mixed up."
        for (key, _), where in places.items()
        if len(where) > 1
    ]


def _questions(lessons: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What has a key of its own, with the title of its lesson: blocks, and the questions of the final check."""
    for lesson in lessons:
        for block in plain(lesson["body"]):
            value = block["value"] if isinstance(block["value"], dict) else {}
            for each in (value, *value.get("questions", ())):
                if each.get("key"):
                    yield lesson["title"], each


def _listed(titles: list[str]) -> str:
    return ", ".join(f"'{title}'" for title in dict.fromkeys(titles))
