"""By what the people are known whom somebody keeps away: written with a block, and looked up again by the worker."""

from datetime import datetime

from django.db.models import Q

from champions.known_as import as_text, tokens
from champions.models import Block, Identity, has_address
from training.people.models import Person

WHY = "who is kept away by a block"


def look_up_blocks(*, at: datetime) -> int:
    """Learn what the people kept away are called since: a new name, a further record, a further address; how many.

    What they were known by stays. A few at a time, and none twice in ten minutes.
    """
    due = list(Block.objects.everywhere(reason=WHY).to_look_up(at).select_related("kept_away"))
    for block in due:
        look_up(block, at=at)
    return len(due)


def look_up(block: Block, *, at: datetime) -> None:
    """Write down by which names and addresses they are known today, beside those of before."""
    away = has_address(block.address) if block.address else Q(pk__in=[])
    if block.kept_away:
        away |= Q(pk=block.kept_away_id)
        away |= Q(same_as=block.kept_away.same_as_id, same_as__isnull=False)
    today = Identity.on(Person.objects.everywhere(reason=WHY).filter(away)).known_as
    known = today | tokens(addresses=[block.address]) | set(block.known_as.split())
    rows = Block.objects.everywhere(reason=WHY).filter(pk=block.pk)  # none, where it was lifted meanwhile
    rows.update(known_as=as_text(known), looked_up_at=at)
