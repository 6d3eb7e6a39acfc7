"""Asking for a freedom-of-information pack, making it, and dropping it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.inspection.errors import InspectionRefused
from training.inspection.foi import Told, YearTold, figures_of
from training.inspection.method import paper_of, rows_of
from training.inspection.models import FoiPack, Wish
from training.inspection.selectors.foi import completions_by, counted_on, titles_of
from training.inspection.tables import YearFigures, bundle, files_told, reported, tables_of
from training.inspection.years import Year, years_told
from training.ledger.freshness import SETTLES
from training.people.by_worker import work_through
from training.people.models import Partnership
from training.press.paper import as_long_pdf
from training.press.press import CannotPrint
from training.strategy.suppress import Audience, rounded

KEPT = timedelta(days=31)
NOTHING_YET = "Hardly any training has been recorded by the end of a year or quarter yet, so there is nothing to tell."


@transaction.atomic
def ask_for_pack(*, partnership: Partnership, by: Actor, at: datetime) -> FoiPack:
    """Have the worker make it, as known now. Raises InspectionRefused while there is one."""
    FoiPack.objects.filter(partnership=partnership, work="", made_at__isnull=True).delete()  # could not be made
    try:
        with transaction.atomic():
            pack = FoiPack.objects.create(
                partnership=partnership, asked_at=at, asked_by=str(by), work=Wish.MAKE, work_by=str(by)
            )
    except IntegrityError as error:
        raise InspectionRefused("There is one already. The next can be asked for once it has been dropped.") from error
    _on_record("freedom-of-information pack asked for", pack, by=by, at=at)
    return pack


def make_packs(*, at: datetime) -> int:
    """Make what was asked for, once what is known at that moment has settled; how many."""
    settled = FoiPack.objects.filter(asked_at__lte=at - SETTLES).defer("content").select_related("partnership")
    return work_through(settled, make, _give_up, at=at, expected=(InspectionRefused, CannotPrint))


def _give_up(pack: FoiPack, why: str) -> None:
    FoiPack.objects.filter(pk=pack.pk).update(work="", work_by="", problem=why)


def make(pack: FoiPack, by: Actor, at: datetime) -> None:
    """Count its years one after the other, hide, and write its files. Raises InspectionRefused, CannotPrint."""
    partnership, known_at = pack.partnership, pack.asked_at
    years = _years(partnership, known_at)
    told_years: list[YearTold] = []
    figures: list[YearFigures] = []
    for number, (year, done) in enumerate(years, 1):
        _tell(pack, f"Counting {year.title}: year {number} of {len(years)}")
        counted = counted_on(partnership, on=year.as_at, known_at=known_at)
        figures.append((year, figures_of(counted)))
        told_years.append(YearTold(title=year.title, as_at=year.as_at, completions=done, silent=counted.silent))
    _tell(pack, "Writing its files")
    tables = tables_of(figures, titles_of(partnership))
    told = Told(partnership=partnership.title, known_at=known_at, years=tuple(told_years), tables=files_told(tables))
    content = bundle((*tables, reported(told)), rows_of(told), as_long_pdf(paper_of(told)))
    with transaction.atomic():
        FoiPack.objects.filter(pk=pack.pk).update(
            told=told.canonical(), content=content, made_at=at, progress="", problem=""
        )
        _on_record("freedom-of-information pack made", pack, by=by, at=at)


def _years(partnership: Partnership, known_at: datetime) -> list[tuple[Year, int]]:
    """The years by whose end completions were recorded, each with how many. Raises InspectionRefused."""
    found = [
        (year, completions_by(partnership, on=year.as_at, known_at=known_at))
        for year in years_told(london_date(known_at))
    ]
    told = [(year, rounded(count, Audience.PUBLIC)) for year, count in found if count >= Audience.PUBLIC.shown_from]
    if not told:
        raise InspectionRefused(NOTHING_YET)
    return told


def _tell(pack: FoiPack, progress: str) -> None:
    """How far it is, for whoever looks meanwhile."""
    FoiPack.objects.filter(pk=pack.pk).update(progress=progress)


def drop_packs(*, at: datetime) -> int:
    """Drop those that were asked for a month ago; how many."""
    return FoiPack.objects.filter(asked_at__lt=at - KEPT, work="").delete()[0]


def _on_record(verb: str, pack: FoiPack, *, by: Actor, at: datetime) -> None:
    audit.record(verb, by=by, at=at, kind="foi pack", partnership_code=pack.partnership.code)
