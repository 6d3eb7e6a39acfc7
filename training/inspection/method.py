"""How a pack's figures are worked out, in words: for its page, its paper and its workbook. Pure."""

from training.press.paper import Paper, Part, Points, Table, Words
from training.ui.templatetags.ui import uk_date, uk_moment

from .foi import Told

NAME = "Learning figures"
DEFINITIONS = (
    ("Required", "People who had to be in date in the module on the day: asked for it by a post they held, at work."),
    ("In date", "Those of them whose training in the module was valid on the day, however they had done it."),
    ("Rate", "In date out of required, as a whole percentage. It is not given for fewer than ten people."),
    ("Overdue", "Required less in date, both as they are shown."),
    ("Person", "Somebody with several posts counts once in the partnership, once in an agency, once in a role group."),
    ("Left out", "People on leave, people excused, and new starters whose time to do it was not over."),
    ("Year", "A financial year, as at its last day, 31 March. The running year is as at the end of its last quarter."),
    ("Completions", "How much a year's figures rest on. Training from before records were kept here may be missing."),
)
SOURCES = (
    "Who held which post: the rosters that agencies send.",
    "What each post is asked for: the partnership's training pathway, with the dates of each rule.",
    "Who has done what: the partnership's record of completions, which nobody can change or delete.",
    "Training that agencies declare as numbers without names is in none of these figures.",
)
HIDING = (
    "* stands for a number that is hidden because it is small (1 to 7 people), or because a small one could be worked "
    "out from it. All other numbers are rounded to the nearest 5, so parts do not add up exactly to their total.",
    "Rates are worked out from the rounded numbers. 0 is a true nought.",
    "A line that is not there: nobody there was required to do the module. Of role groups within an agency it may also "
    "be that no number can be told: they are listed only where neither they nor the others of the agency, of the role "
    "group and of everybody are few.",
)
AGAIN = (
    "The same facts as known at the same moment give the same figures in later years. What is put right afterwards is "
    "known later, and changes nothing here."
)


def paper_of(told: Told) -> Paper:
    """The method as a paper."""
    return Paper(
        name=NAME,
        heading="Training of the workforce: how the figures are worked out",
        issuer=told.partnership,
        as_at=told.years[0].as_at,
        parts=parts_of(told),
    )


def parts_of(told: Told) -> list[Part]:
    """What is in the pack, and what it means."""
    files = tuple((each.title, each.holds, f"{each.rows:,}") for each in told.tables)
    years = tuple((each.title, uk_date(each.as_at), f"{each.completions:,}") for each in told.years)
    return [
        Part(
            "What is in it",
            [
                Words((f"Figures as known {uk_moment(told.known_at)}. {AGAIN}",)),
                Table("Years", ("Year", "As at", "Completions recorded up to then"), years),
                Table("Tables", ("Table", "What it holds", "Rows"), files),
                _silent(told),
            ],
        ),
        Part("What the numbers mean", [Table("Definitions", ("Word", "Means"), DEFINITIONS)]),
        Part("Where they come from", [Points(SOURCES)]),
        Part("What is hidden", [Words(HIDING)]),
    ]


def _silent(told: Told) -> Table | Words:
    years: dict[str, list[str]] = {}
    for year in told.years:
        for title in year.silent:
            years.setdefault(title, []).append(year.title)
    if not years:
        return Words(("Every agency reported for each year.",))
    rows = tuple((title, ", ".join(missing)) for title, missing in sorted(years.items()))
    return Table("Agencies that sent no roster in time, and are in no figure", ("Agency", "Years"), rows)


def rows_of(told: Told) -> tuple[tuple[str, str], ...]:
    """The same in two columns."""
    return (
        ("Partnership", told.partnership),
        ("As known", told.known_at.isoformat()),
        *((f"Year {each.title}", f"as at {each.as_at}; {each.completions} completions") for each in told.years),
        *DEFINITIONS,
        *(("Source", each) for each in SOURCES),
        *(("Hidden", each) for each in HIDING),
        ("Again", AGAIN),
    )
