"""Whose work address is it? Asked by signing in, and by people who claim an earlier record."""

from datetime import date, timedelta

from django.db.models import Q

from .models import Employment, Person, Term
from .models.posts import TermQuerySet

# An agency closes a leaver's mailbox, or gives it to somebody else: for so long it still counts as theirs
ADDRESS_OUTLIVES_POST = timedelta(days=28)


def people_at(address: str, *, on: date) -> list[Person]:
    """The people on any roster whose work address this is, at a post that runs or ended a short time ago."""
    terms = terms_at(address, on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on - ADDRESS_OUTLIVES_POST))
    found = Person.objects.everywhere(reason="whose work address it is")
    return list(found.filter(pk__in=terms.values("post__employment__person")).order_by("pk"))


def terms_at(address: str, on: date) -> TermQuerySet:
    """Terms that have begun, of posts with this work address."""
    terms = Term.objects.everywhere(reason="whose work address it is").known_now()
    return terms.filter(post__employment__work_email=address.lower(), starts_on__lte=on)


def addresses_of(person: Person) -> set[str]:
    """Where one person can be reached: every work address, and the one they sign in with."""
    employed = Employment.objects.everywhere(reason="where one person can be reached").filter(person=person)
    login = person.user.email if person.user else ""
    return {each.lower() for each in (*employed.values_list("work_email", flat=True), login) if each}
