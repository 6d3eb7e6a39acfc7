"""What the pathway asks of whom, and what was agreed for single posts."""

from collections.abc import Iterator

from training.access.clock import london_date
from training.audit.former import former_values
from training.pathways.models import (
    Equivalence,
    Exemption,
    Extension,
    Module,
    PathwayVersion,
    Requirement,
    RequirementVersion,
    Satisfies,
    SignUp,
    Tier,
    Trigger,
)
from training.pathways.rulebook import RULE_FIELDS

from .rosters import AGENCY, ENDS, POST, STARTS, WHY
from .table import Asked, Column, Row, Table, streamed

FORMER = ("tier_id", "topics", "families", "refreshes_id", "minutes")


def _modules(asked: Asked) -> Iterator[Row]:
    former = {name: former_values(Module, name, asked.known_at) for name in FORMER}
    tiers = dict(Tier.objects.values_list("pk", "code"))
    codes = dict(Module.objects.values_list("pk", "code"))
    rows = Module.objects.filter(pathway__partnership=asked.partnership).order_by("position", "pk")
    for pk, code, *said in streamed(rows, "pk", "code", *FORMER):
        now = {name: former[name].get(pk, value) for name, value in zip(FORMER, said, strict=True)}
        refreshes = codes.get(now["refreshes_id"])
        yield code, tiers[now["tier_id"]], now["topics"], now["families"], refreshes, now["minutes"]


def _requirements(asked: Asked) -> Iterator[Row]:
    rows = Requirement.objects.filter(module__pathway__partnership=asked.partnership)
    fields = ("pk", "module__code", "role_group__code", "designation__code", "agency_id", "agency_kind")
    return streamed(rows, *fields)


def _versions(asked: Asked) -> Iterator[Row]:
    rows = RequirementVersion.objects.filter(requirement__module__pathway__partnership=asked.partnership)
    ordered = asked.known(rows).order_by("requirement_id", "starts_on", "pk")
    return streamed(ordered, "requirement_id", "starts_on", "ends_on", "kind", "basis", *NUMBERS)


def _satisfies(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Satisfies.objects.filter(borrower__pathway__partnership=asked.partnership))
    ordered = rows.order_by("starts_on", "pk")
    return streamed(ordered, "lender__code", "borrower__code", "months", "starts_on", "ends_on")


def _equivalences(asked: Asked) -> Iterator[Row]:
    rows = Equivalence.objects.filter(module__pathway__partnership=asked.partnership)
    return streamed(rows, "pk", "maximum_age_months")


def _exemptions(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Exemption.objects.everywhere(reason=WHY))
    ours = rows.filter(module__pathway__partnership=asked.partnership).order_by("pk")
    return streamed(ours, "post_id", "module__code", "starts_on", "ends_on")


def _extensions(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Extension.objects.everywhere(reason=WHY))
    ours = rows.filter(module__pathway__partnership=asked.partnership).order_by("pk")
    for post, module, recorded_at, due_on in streamed(ours, "post_id", "module__code", "recorded_at", "due_on"):
        yield post, module, london_date(recorded_at), due_on


def _triggers(asked: Asked) -> Iterator[Row]:
    rows = asked.known(Trigger.objects.everywhere(reason=WHY))
    ours = rows.filter(requirement__module__pathway__partnership=asked.partnership).order_by("happened_on", "pk")
    return streamed(ours, "requirement_id", "post_id", "happened_on", "days_to_complete")


def _pathway_versions(asked: Asked) -> Iterator[Row]:
    ours = PathwayVersion.objects.filter(pathway__partnership=asked.partnership)
    return streamed(ours, "pk", "pathway_id", "number", "status", "live_from")


def _sign_ups(asked: Asked) -> Iterator[Row]:
    rows = asked.known(SignUp.objects.filter(version__pathway__partnership=asked.partnership)).order_by("pk")
    return streamed(rows, "agency_id", "version_id", "state", "signed_on", "ends_on")


NUMBERS = tuple(name for name in RULE_FIELDS if name != "ends_on")
SAID = {
    "validity_months": "How many months a completion is good for",
    "window_days": "Renewal is open for so many days before the end",
    "window_months": "The same in months, where it is said in months",
    "fixed_month": "Month of the date that is the same for everyone",
    "fixed_day": "Day of that date",
    "minimum_life_months": "A completion is good for so long at least, with a fixed date",
    "grace_days": "For so many days after the end a refresher still renews",
    "induction_days": "So many days from the first on which it is asked",
    "attendance_count": "So many separate days of attendance",
    "attendance_months": "within so many months",
    "rolling_hours": "So many hours",
    "rolling_months": "within so many months",
}
MODULE = Column("module", "code", "The module's code")
REQUIREMENT = Column("requirement", "rule", "The rule")
VERSION = Column("version", "version", "The version of the pathway")

TABLES = (
    Table(
        "modules",
        "What can be asked for and completed.",
        (
            MODULE,
            Column("tier", "code", "Its step of the pathway"),
            Column("topics", "codes", "The topics it covers, with blanks between"),
            Column("families", "codes", "The families it belongs to, with blanks between"),
            Column("refreshes", "code", "The fuller module that it renews; empty: none"),
            Column("minutes", "number", "How long it takes, where a completion does not say"),
        ),
        _modules,
    ),
    Table(
        "requirements",
        "Rules: whom each asks for which module. Of what is empty nothing is asked of its audience.",
        (
            REQUIREMENT,
            MODULE,
            Column("role_group", "code", "The kind of job"),
            Column("designation", "code", "The duty"),
            Column("agency", "agency", "The agency whose own rule it is"),
            Column("agency_kind", "code", "The kind of agency it is meant for"),
        ),
        _requirements,
    ),
    Table(
        "requirement_versions",
        "What a rule says, from day to day. docs/features/renewal.md says what the words mean.",
        (
            REQUIREMENT,
            STARTS,
            ENDS,
            Column("kind", "code", "once, expiring, attendance, rolling_hours or triggered"),
            Column("basis", "code", "from_completion, from_old_end or fixed_date"),
            *(Column(name, "number", SAID[name]) for name in NUMBERS),
        ),
        _versions,
    ),
    Table(
        "satisfies",
        "Who completes one module is taken to hold another.",
        (
            Column("lender", "code", "The module that is completed"),
            Column("borrower", "code", "The module that is then held"),
            Column("months", "number", "For how long; empty: for good"),
            STARTS,
            ENDS,
        ),
        _satisfies,
    ),
    Table(
        "equivalences",
        "The register of outside courses.",
        (
            Column("equivalence", "register", "The entry"),
            Column("maximum_age_months", "number", "How old it may be when the module is first asked; empty: any age"),
        ),
        _equivalences,
    ),
    Table("exemptions", "Days on which a post is excused.", (POST, MODULE, STARTS, ENDS), _exemptions),
    Table(
        "extensions",
        "Due dates moved to a later day.",
        (
            POST,
            MODULE,
            Column("granted_on", "day", "From this day"),
            Column("due_on", "day", "not due before this one"),
        ),
        _extensions,
    ),
    Table(
        "triggers",
        "Events that set a rule of the kind 'triggered' going.",
        (
            REQUIREMENT,
            Column("post", "post", "Of which post; empty: of all on which the rule falls"),
            Column("happened_on", "day", "When"),
            Column("days_to_complete", "number", "So many days to do it in"),
        ),
        _triggers,
    ),
    Table(
        "pathway_versions",
        "Versions of the pathway.",
        (
            VERSION,
            Column("pathway", "pathway", "The pathway"),
            Column("number", "number", "Its number"),
            Column("status", "code", "draft, live or superseded"),
            Column("live_from", "day", "The day on which it began"),
        ),
        _pathway_versions,
    ),
    Table(
        "sign_ups",
        "Which agency committed itself to which version.",
        (
            AGENCY,
            VERSION,
            Column("state", "code", "pending or confirmed"),
            Column("signed_on", "day", "From when"),
            ENDS,
        ),
        _sign_ups,
    ),
)
