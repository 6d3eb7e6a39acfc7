"""The attacker against a partnership in the database: `scripts/attack CODE`. See `attacker.py`."""

import sys
from collections import Counter

import django

django.setup()

from dataclasses import replace  # noqa: E402

from django.db.models import Q  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.strategy.attacker import Attack  # noqa: E402
from tests.strategy.published import attack_on, files_of, read_champions, read_explorer, read_public  # noqa: E402
from tests.strategy.published_more import board_says, contradictions, public_says  # noqa: E402
from training.boards.selectors.figures import count_figures  # noqa: E402
from training.ledger.coverage_facts import coverage_facts  # noqa: E402
from training.pathways.models import Module  # noqa: E402
from training.strategy.coverage import held_within  # noqa: E402
from training.strategy.models import CoverageBuild  # noqa: E402
from training.strategy.report import Report  # noqa: E402
from training.strategy.selectors.facts import agencies_on, facts_frame, family_of_role_group  # noqa: E402
from training.strategy.selectors.reports import report_of  # noqa: E402
from training.strategy.selectors.strategies import current_strategy  # noqa: E402
from training.strategy.suppress import Audience  # noqa: E402


def main(code: str) -> None:
    """Print what each audience, and an insider of each agency, could find out of the last count."""
    build = CoverageBuild.objects.filter(partnership__code=code).latest("as_at")
    report = report_of(build, Audience.PARTNERSHIP, Q())
    modules = Module.objects.filter(pathway__partnership__code=code).select_related("tier")
    scopes = {
        each.code: {
            ("tier", each.tier.code),
            *(("topic", topic) for topic in each.topics),
            *(("family", family) for family in each.families),
        }
        for each in modules
    }
    agencies = agencies_on(build.partnership, on=build.as_at, known_at=None)
    held = held_within(facts_frame(coverage_facts(build.partnership, on=build.as_at), agencies))
    print(f"{build}")
    _compare(build, report)
    for audience, insider in ((Audience.PARTNERSHIP, ""), (Audience.PUBLIC, ""), (Audience.PARTNERSHIP, "insider")):
        report = replace(report, audience=audience)
        attack = attack_on(report, family_of_role_group(), scopes, held)
        if audience is Audience.PUBLIC:
            read_public(attack, report)
        else:
            read_explorer(attack, report, files_of(report))
        read_champions(attack, report)
        if insider:
            largest = max(report.agencies, key=lambda each: _size(attack, each.code))
            attack.knows(largest.code)
            insider = f", an insider of {largest.code}"
        print(f"{audience.value}{insider}: {_result(attack)}")


def _compare(build: CoverageBuild, report: Report) -> None:
    """Print how many numbers each kind of table tells, and which of them another tells otherwise."""
    at = timezone.now()
    figures = count_figures(build.partnership, current_strategy(build.partnership), as_at=build.as_at, at=at)
    for audience, says in ((Audience.PARTNERSHIP, board_says), (Audience.PUBLIC, public_says)):
        said = list(says(build.partnership, report, figures, at))
        read = ", ".join(f"{kind} {numbers:,}" for kind, numbers in Counter(each.kind for each in said).most_common())
        found = contradictions(said)
        print(
            f"{audience.value}: {len(said):,} numbers ({read}), {len(found)} told otherwise elsewhere",
            *found,
            sep="\n  ",
        )


def _size(attack: Attack, code: str) -> int:
    return sum(cell.denominator for place, cell in attack.truth.items() if place.group == code and not place.scope)


def _result(attack: Attack) -> str:
    told = attack.of_few()
    known = [each for each in told if not each.is_safe]
    tightest = min(told, key=lambda each: each.most - each.least, default=None)
    return (
        f"{attack.tables} tables, {attack.cells:,} numbers read, {len(attack.hidden):,} hidden; of {len(told):,} that are "
        f"few {len(known)} known to within two. Tightest: {tightest}" + "".join(f"\n  {each}" for each in known)
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
