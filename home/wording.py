"""What a public page may not say: a subject in its address, and a telephone number that nobody has checked."""

import re

from courses.content.wording import CHECKED_NUMBERS

SUBJECT = re.compile(
    r"abuse|domestic|coerc|violen|victim|survivor|perpetrat|stalk|honour|forced|marriage|fgm|rape|assault|refuge",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.,])\+?\(?\d\)?(?:[ ()-]{0,2}\d){6,14}(?![\w,])")


def tells_the_subject(words: str) -> bool:
    """Whether somebody who sees these words over a shoulder learns what they are about."""
    return bool(SUBJECT.search(words))


def unchecked_numbers(words: str) -> list[str]:
    """What could be dialled and is not one of the numbers that a person has checked."""
    checked = {"".join(filter(str.isdigit, each)) for each in CHECKED_NUMBERS}
    found = [each.strip() for each in NUMBER.findall(words)]
    return [each for each in found if "".join(filter(str.isdigit, each)) not in checked]
