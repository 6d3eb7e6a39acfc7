"""How the network stands against what its coordinator, and the strategy, aim for."""

from dataclasses import dataclass

from champions.selectors.coverage import Coverage, aims_of
from training.people.models import Partnership
from training.strategy.selectors.strategies import current_strategy, targets_of


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure, the network's own aim and the strategy's, and whether the first of these is met."""

    title: str
    text: str
    own: str
    strategys: str
    is_met: bool | None


def aims_shown(partnership: Partnership, found: Coverage) -> tuple[Aim, ...]:
    """Active champions, the district with the fewest for its staff, workplaces, community champions."""
    own, strategys = aims_of(partnership), targets_of(current_strategy(partnership))
    percent = 100 * found.whole.covered // found.whole.workplaces if found.whole.workplaces else None
    rated = [(float(line.rate), line) for line in found.districts if line.key and line.rate[:1].isdigit()]
    lowest = min(rated, key=lambda it: it[0], default=None)
    rate = f"{lowest[1].rate} ({lowest[1].title})" if lowest else "n/a"
    figures = (
        ("Active champions", str(found.whole.active), found.whole.active, "active", "CHAMP_ACTIVE"),
        ("For every 1,000 staff, in the lowest district", rate, lowest and lowest[0], "per_thousand", "CHAMP_LOCALITY"),
        ("Workplaces with one", _percent(percent), percent, "workplaces_percent", "CHAMP_SITE_COVER"),
        ("Community champions", str(found.community), found.community, "community", "CHAMP_COMMUNITY"),
    )
    return tuple(
        _aim(title, text, value, getattr(own, name, None), strategys.get(code))
        for title, text, value, name, code in figures
    )


def _percent(value: int | None) -> str:
    return "n/a" if value is None else f"{value}%"


def _aim(title: str, text: str, value: float | None, own: int | None, strategys: int | None) -> Aim:
    wanted = own if own is not None else strategys
    is_met = None if wanted is None or value is None else value >= wanted
    return Aim(title, text, _said(own), _said(strategys), is_met)


def _said(aim: int | None) -> str:
    return "none set" if aim is None else str(aim)
