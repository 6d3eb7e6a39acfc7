"""What somebody wants help with, in plain words, and which specialisms answer it.

Addresses hold numbers, never words: whoever looks into a browser's history learns no topic from them. A new need or
specialism goes to the end of its list, so that a kept address goes on meaning the same.
"""

from dataclasses import dataclass

from champions.offers import Specialism as S


@dataclass(frozen=True, slots=True)
class Need:
    """One wish: 'I want to ...'."""

    words: str
    specialisms: tuple[S, ...]


NEEDS = (
    Need("talk about harm by a partner or family", (S.DOMESTIC_ABUSE,)),
    Need("help somebody who is stalked or pestered", (S.STALKING,)),
    Need("understand honour and forced marriage", (S.HONOUR_BASED_VIOLENCE, S.FORCED_MARRIAGE)),
    Need("help a parent whose child hurts them", (S.CHILD_TO_PARENT_ABUSE,)),
    Need("think about a child or young person", (S.CHILDREN,)),
    Need("help somebody who is pregnant or has a baby", (S.PREGNANCY,)),
    Need("help an older or disabled person", (S.OLDER_PEOPLE, S.DISABLED_PEOPLE)),
    Need("help somebody new to the UK", (S.MIGRANTS,)),
    Need("help an LGBT+ person", (S.LGBT_PEOPLE,)),
    Need("help a man", (S.MEN,)),
    Need("sort out housing", (S.HOUSING,)),
    Need("help with mental health, alcohol or drugs", (S.MENTAL_HEALTH, S.SUBSTANCE_USE)),
    Need("talk to somebody who harms others", (S.PEOPLE_WHO_HARM,)),
    Need("stand by a colleague", (S.WORKPLACES,)),
    Need("work in the countryside", (S.RURAL,)),
)
SPECIALISMS = tuple(S)


def need_numbered(number: int) -> Need | None:
    """The need of this number, from 1."""
    return NEEDS[number - 1] if 0 < number <= len(NEEDS) else None


def need_choices() -> list[tuple[str, str]]:
    """For a form or a row of chips."""
    return [(str(number), need.words) for number, need in enumerate(NEEDS, 1)]


def specialism_choices() -> list[tuple[str, str]]:
    """The specialisms by number."""
    return [(str(number), str(each.label)) for number, each in enumerate(SPECIALISMS, 1)]
