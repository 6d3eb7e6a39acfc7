"""Whose address is it?"""

from datetime import date

from training.people.models import Person, Term, User


def people_at(address: str) -> list[Person]:
    """The people on any roster, of whatever agency and day, whose work address this is."""
    found = Person.objects.everywhere(reason="whose work address it is").filter(employments__work_email=address.lower())
    return list(found.distinct().order_by("pk"))


def is_tied(user: User) -> bool:
    """Whether the login has its person."""
    return Person.objects.everywhere(reason="the one who signs in").filter(user=user).exists()


def has_passed_on(user: User, *, on: date) -> bool:
    """Whether the login's address belongs on this day to somebody else than the login's person.

    Agencies give the address of one who left to the next of that name: a code sent there must not open the
    leaver's record.
    """
    person = Person.objects.everywhere(reason="the one who signs in").filter(user=user).first()
    if person is None:
        return False
    running = Term.objects.everywhere(reason="whose work address it is today").known_now().current_on(on)
    holders = running.filter(post__employment__work_email=user.email).values_list(
        "post__employment__person_id", flat=True
    )
    return bool(set(holders) - {person.pk}) and person.pk not in set(holders)
