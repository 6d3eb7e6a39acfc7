"""Hiding a person's name from shared views, at their own wish."""

from datetime import datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Person
from training.people.services import mark_people_stale

from .locks import one_at_a_time
from .sharing import end_of_records


@transaction.atomic
def protect_record(*, person: Person, is_protected: bool, by: Actor, at: datetime) -> bool:
    """Hide somebody's name from shared views, or show it again, at their own wish; asking twice changes nothing.

    Every record of theirs is hidden with it, and none is shown while one of them wishes to be hidden: then False.
    A record parted from the one that hid it shows itself again whenever it likes.
    No reason is asked for or kept, and no agency is named on the record. Whatever was shared of them is shared no more.
    """
    one_at_a_time()
    records = Person.objects.everywhere(reason="their own wish")
    group = records.filter(pk=person.pk) if person.same_as_id is None else records.filter(same_as=person.same_as_id)
    own = records.filter(pk=person.pk)
    if is_protected:
        own.update(is_protected_elsewhere=False)
        changed = own.filter(is_protected=False).update(is_protected=True)
        changed += group.filter(is_protected=False).update(is_protected=True, is_protected_elsewhere=True)
        mark_people_stale(end_of_records(set(group.values_list("pk", flat=True)), by=by, at=at), at=at)
    elif group.exclude(pk=person.pk).filter(is_protected=True, is_protected_elsewhere=False).exists():
        own.filter(is_protected=True).update(is_protected_elsewhere=True)
        return False
    else:
        changed = group.filter(is_protected=True).update(is_protected=False, is_protected_elsewhere=False)
    if changed:
        verb = "record protected" if is_protected else "record protected no longer"
        audit.record(verb, by=by, at=at, kind="person", uid=person.uid)
    return True
