"""Taking back a standing-down that was a mistake. Nothing is erased: the days between stay as they were."""

from datetime import datetime, timedelta

from django.db import transaction

from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionProfile, ChampionTurn
from champions.selectors.managers import is_oneself, post_of
from champions.services.entries import write_entries
from champions.services.turns import begin_duty, hold, life_of, take_turn, tell
from champions.status import Turn, Way
from training.access.actor import Actor
from training.access.clock import london_date
from training.people.duties import GIVEN
from training.people.kinds import AgencyKind
from training.people.models import Duty, Employment, Post, Term
from training.people.services import mark_stale

WITHIN = timedelta(days=30)
WHY = "what a standing-down ended"


@transaction.atomic
def take_back_standing_down(*, champion: Champion, reason: str, by: Actor, at: datetime) -> None:
    """From today it is as it was before: the agreement, and the listing. NotPossibleNow.

    Who had stood down themselves is asked first, and chooses anew whether to be listed.
    """
    on = london_date(at)
    now = life_of(champion, on)
    last = ChampionTurn.objects.of(champion).filter(turn=Turn.STOOD_DOWN).last()
    if is_oneself(champion.person, by):
        raise NotPossibleNow("This is your own record. Let another coordinator take it back.")
    if last is None or now.stood_down_on is None:
        raise NotPossibleNow("They have not stood down, or have come back since.")
    if on - now.stood_down_on > WITHIN:
        raise NotPossibleNow("It is more than 30 days ago. Put them forward again.")
    post = _post_agreed_to(champion, at)
    if post is None:
        raise NotPossibleNow("The post of theirs has ended. Put them forward again: the next manager is asked.")
    was_own = is_oneself(champion.person, Actor(*last.recorded_by.split(":", 1)))
    take_turn(champion, Turn.TAKEN_BACK, by=by, at=at, reason=reason, way=Way.COORDINATOR if was_own else "")
    begin_duty(champion, post, by=by, at=at)
    if last.was_listed and not was_own:
        ChampionProfile.objects.of(champion).update(is_listed=True)
        write_entries([champion], at=at)
    tell(champion.person, at=at)


@transaction.atomic
def take_back_community_ending(*, champion: Champion, reason: str, by: Actor, at: datetime) -> None:
    """The same for a community champion, whose place on the coordinator's roster goes on. NotPossibleNow."""
    hold(champion)
    rosters = Employment.objects.everywhere(reason=WHY).filter(person=champion.person)
    if not (champion.person.user_id or rosters.exclude(work_email="").exists()):
        raise NotPossibleNow("Their name and address are deleted.")
    terms = Term.objects.everywhere(reason=WHY).known_now().filter(post__employment__person=champion.person)
    ended = terms.filter(post__employment__agency__kind=AgencyKind.COMMUNITY, ends_on__isnull=False)
    term = ended.order_by("-ends_on", "-pk").first()
    if term:
        Term.objects.everywhere(reason=WHY).filter(pk=term.pk).update(replaced_at=at)
        term.pk, term.ends_on, term.recorded_at, term.recorded_by = None, None, at, str(by)
        term.save(force_insert=True)
    take_back_standing_down(champion=champion, reason=reason, by=by, at=at)
    if term:
        mark_stale([term.post_id], at=at)  # last, as decision 0014 has it: the agency is locked for the duty before


def _post_agreed_to(champion: Champion, at: datetime) -> Post | None:
    """Where the network had said the duty; where only the roster did, their post of today. None where it has ended."""
    on = london_date(at)
    given = Duty.objects.everywhere(reason=WHY).filter(source=f"{GIVEN}{champion.uid}")
    duty = given.select_related("post__employment__agency").order_by("-recorded_at", "-pk").first()
    if duty is None:
        return post_of(champion.person, champion.partnership, on=on)
    running = Term.objects.everywhere(reason=WHY).known_now().current_on(on).filter(post=duty.post_id)
    return duty.post if running.exists() else None
