"""What agencies promise and return in every state; surveys, services, and board packs with and without words."""

import random
import uuid
from datetime import date, datetime, timedelta

from courses.models import CoursePage, LocalService, SurveyCount
from tests.home.rough_world import AT, BY, ON
from training.access.clock import LONDON
from training.boards.contents import (
    Contents,
    DeclaredPart,
    Figures,
    Line,
    ObjectiveRow,
    OutcomeRow,
    PriorityRow,
    StrategyRow,
    Written,
)
from training.boards.models import BoardPack, Snapshot
from training.pathways.models import Pathway, PathwayVersion, SignUp
from training.people.models import Agency
from training.pledges.models import Charter, Pledge
from training.returns.models import AgencyReturn, ReturnTerms, ReturnVersion
from training.strategy.indicators import NOT_COLLECTED

SAID = {"recorded_at": AT - timedelta(days=900), "recorded_by": str(BY)}
STATEMENTS = ("ask-victim", "ask-perp", "respond", "share", "children", "something-else")


def make_promises(world) -> None:
    """All of it."""
    dice = random.Random(11)
    agencies = list(Agency.objects.filter(partnerships=world.partnership).order_by("pk").distinct())
    _sign_ups(agencies, dice)
    Charter.objects.create(partnership=world.partnership, title="Charter", named_at=SAID["recorded_at"])
    for agency in agencies:
        for kind in ("charter", "policy", "lead"):
            _pledges(world, agency, kind, dice)
    _returns(world, agencies, dice)
    _services(world, dice)


def _sign_ups(agencies, dice) -> None:
    pathway = Pathway.objects.get()
    begun = (("superseded", 400), ("superseded", 350), ("live", -1))  # the last one after the day
    old, live, _later = (
        PathwayVersion.objects.create(
            pathway=pathway, number=number, status=status, live_from=ON - timedelta(days=days)
        )
        for number, (status, days) in enumerate(begun, 1)
    )
    for number, agency in enumerate(agencies):
        ends_on = ON - timedelta(days=3) if number == 3 else None
        SignUp.objects.create(
            agency=agency,
            version=old if number == 2 else live,
            state="pending" if number == 1 else "confirmed",
            signed_on=ON - timedelta(days=dice.choice((100, 300))),
            ends_on=ends_on,
            signatory_post="Chief officer",
            **SAID,
        )


def _pledges(world, agency, kind, dice) -> None:
    """None, or up to three after one another: confirmed or not, reviewed, withdrawn, never true, 'we have none'."""
    for days in sorted(dice.sample((30, 200, 500, 800), dice.randint(0, 3)), reverse=True):
        made_on = ON - timedelta(days=days)
        is_none = kind != "charter" and dice.random() < 0.2
        withdrawn_on = made_on + timedelta(days=dice.choice((0, 40))) if dice.random() < 0.3 else None
        Pledge.objects.create(
            uid=uuid.uuid4(),
            partnership=world.partnership,
            agency=agency,
            kind=kind,
            made_on=made_on,
            review_on=None if is_none else made_on + timedelta(days=dice.choice((365, 1000))),
            withdrawn_on=withdrawn_on,
            is_none=is_none,
            is_confirmed=not is_none and dice.random() < 0.8,
            covers_victims=True,
            covers_people_who_harm=dice.random() < 0.7,
            **SAID,
        )


def _returns(world, agencies, dice) -> None:
    """Of three quarters: in time, just in time by the London day, late, sent back, corrected, never."""
    ReturnTerms.objects.create(partnership=world.partnership, quarter_on=date(2025, 4, 1), due_days=28, **SAID)
    ReturnTerms.objects.create(partnership=world.partnership, quarter_on=date(2025, 10, 1), due_days=14, **SAID)
    for quarter_on, due_on in (
        (date(2025, 4, 1), date(2025, 7, 28)),
        (date(2025, 7, 1), date(2025, 10, 28)),
        (date(2025, 10, 1), date(2026, 1, 14)),
    ):
        for agency in agencies:
            of = AgencyReturn.objects.create(partnership=world.partnership, agency=agency, quarter_on=quarter_on)
            last_minute = datetime(due_on.year, due_on.month, due_on.day, 23, 59, tzinfo=LONDON)
            signed_at = dice.choice((last_minute, last_minute + timedelta(minutes=2), last_minute - timedelta(days=5)))
            ended_at = signed_at + timedelta(days=9) if dice.random() < 0.5 else None
            _version(of, signed_at, ended_at)
            if ended_at and dice.random() < 0.5:
                _version(of, ended_at, None)


def _version(of, signed_at, ended_at) -> None:
    began = {"recorded_at": signed_at - timedelta(days=1), "recorded_by": str(BY)}
    ReturnVersion.objects.create(of=of, handed_over_at=signed_at, signed_at=signed_at, replaced_at=ended_at, **began)


def _services(world, dice) -> None:
    for number in range(12):
        LocalService.objects.create(
            partnership=world.partnership,
            kind="support",
            name=f"Service {number}",
            about="For anybody",
            phone=dice.choice(("", "0808")),
            opening=dice.choice(("", "Any time", "Any time")),
            website=dice.choice(("", "https://example.org")),
            checked_on=ON - timedelta(days=dice.choice((0, 183, 184))),
            said_by=dice.choice(("", "", "one")),
        )


def make_surveys(course: CoursePage) -> None:
    """A year of answers, many months too small alone."""
    dice = random.Random(3)
    for statement in STATEMENTS:
        for month in range(1, 13):
            for before, after in {(dice.randint(1, 5), dice.randint(1, 5)) for _ in range(3)}:
                SurveyCount.objects.create(
                    course=course,
                    survey="sure",
                    statement=statement,
                    month=date(2025 + (month > 9), (month + 2) % 12 + 1, 1),
                    before=before,
                    after=after,
                    people=dice.randint(1, 4),
                )


def make_packs(world) -> None:
    """Two frozen packs, the later one with other words."""
    for days, about in ((90, ("1", "2.1.1")), (20, ("2.1.1",))):
        frozen_at = AT - timedelta(days=days)
        pack = BoardPack.objects.create(
            partnership=world.partnership,
            meeting_on=frozen_at.date(),
            as_at=frozen_at.date(),
            state="frozen",
            opened_at=frozen_at,
            opened_by=str(BY),
        )
        content = _contents(frozen_at, about).canonical()
        Snapshot.objects.create(pack=pack, content=content, digest=f"{days}", frozen_at=frozen_at, frozen_by=str(BY))


def _line(code: str) -> Line:
    """Of what is planted, figures of children are not collected."""
    return Line(
        code=code,
        title="",
        text=NOT_COLLECTED if code == "COV_CYP" else "50%",
        value=None,
        counts="",
        parts=(),
        target=None,
        target_text="",
        rating="Green",
        period="",
        said_by="",
        origin="",
        is_of_people=True,
    )


def _contents(frozen_at: datetime, about: tuple[str, ...]) -> Contents:
    def outcome(ref: str, *codes: str) -> OutcomeRow:
        return OutcomeRow(ref=ref, title="", evidence="D", codes=codes, rating="Green", public_rating="Green")

    def priority(ref: str, *outcomes: OutcomeRow) -> PriorityRow:
        return PriorityRow(ref=ref, title="", objectives=(ObjectiveRow(ref=f"{ref}.1", title="", outcomes=outcomes),))

    priorities = (
        priority("1", outcome("1.1.1", "COV_T1", "COV_T2")),
        priority("2", outcome("2.1.1", "COV_T1", "CHAMP_ACTIVE"), outcome("2.1.2", "COV_CYP")),
    )
    figures = Figures(
        partnership="Severnshire",
        partnership_code="severnshire",
        strategy=StrategyRow(pack_id="p", title="", years="", note="", is_historic=False, priorities=priorities),
        as_at=frozen_at.date(),
        counted_at=frozen_at,
        rule=(),
        tiers=(),
        agencies=(),
        declared=DeclaredPart(quarter="", rows=(), trained="", not_returned=(), left_out=(), assumed=()),
        lines={each: _line(each) for priority in priorities for row in priority.outcomes for each in row.codes},
        public={},
        definitions=(),
    )
    words = tuple(Written(about=each, title="", text="Words", role="") for each in about)
    return Contents(figures=figures, meeting_on=frozen_at.date(), frozen_at=frozen_at, narratives=words, decisions=())
