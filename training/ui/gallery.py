"""The gallery's samples: each component's name with the variables of one or more showings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.utils.module_loading import module_has_submodule
from django.utils.safestring import SafeString, mark_safe

from training.ui.charts import funnel, matrix, ranges, spread, trend
from training.ui.forms import DateField
from training.ui.standings import STANDINGS

Sample = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component as the gallery shows it: its name, what its comment says, its showings."""

    name: str
    template: str
    variables: str
    shown: tuple[SafeString, ...]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Full name", help_text="As it should stand on a certificate")
    email = forms.EmailField(label="Work e-mail address", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    about = forms.CharField(label="What you do", widget=forms.Textarea(attrs={"rows": 3}))
    role = forms.ChoiceField(label="Role", choices=[("", "Choose"), ("gp", "GP"), ("midwife", "Midwife")])
    way = forms.ChoiceField(
        label="How you would like to learn",
        widget=forms.RadioSelect,
        choices=[("online", "Online"), ("room", "In a room with others")],
    )
    days = forms.MultipleChoiceField(
        label="Days that suit you",
        help_text="Choose all that apply",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", "Monday"), ("tue", "Tuesday")],
    )
    agrees = forms.BooleanField(label="I have read this")
    done_on = DateField(label="Done on", help_text="For example, 27 3 2026")


class FilterForm(forms.Form):
    """Two filters."""

    team = forms.ChoiceField(
        label="Team",
        required=False,
        choices=[("", "All teams"), ("a", "Front desk"), ("b", "Night team")],
    )
    words = forms.CharField(label="Name", required=False)


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label="Roster file", help_text="CSV or XLSX, up to 10 MB")


WORDS = mark_safe('<p class="govuk-body">Any mark-up of the page’s own.</p>')
SAMPLE_ERROR = {"text": "Enter your full name", "href": "#show-error_summary"}
BARS: list[Sample] = [
    {"label": "Fire and rescue", "percent": 82.0, "text": "82%"},
    {
        "label": "General practice and community pharmacy",
        "percent": 41.5,
        "text": "42%",
    },
    {"label": "Voluntary sector", "percent": None, "text": "*"},
]
TABLE_HEAD = [
    {"text": "Module", "sort_url": "?sort=module", "sorted": "ascending"},
    "Standing",
    "Valid until",
    {"text": "Minutes", "numeric": True},
]
TABLE_ROWS = [
    [
        {"text": "Module A1", "url": "#show-table"},
        {"state": "in_date"},
        "1 March 2028",
        {"text": "45", "numeric": True},
    ],
    ["Module B1", {"state": "overdue"}, "1 May 2026", {"text": "90", "numeric": True}],
]
TASKS = [
    {
        "title": "Module A1",
        "url": "#show-task_list",
        "hint": "Because you started on 1 May",
        "state": "not_started",
    },
    {"title": "Module B1", "status": "Cannot start yet"},
]


def rooms_samples() -> dict[str, list[Sample]]:
    """What the rooms above show of themselves, by template: each has a `samples()` in its gallery.py."""
    rooms = [app for app in apps.get_app_configs() if app.name != "training.ui"]
    shown = [import_module(f"{app.name}.gallery") for app in rooms if module_has_submodule(app.module, "gallery")]
    return {template: drawn for gallery in shown for template, drawn in gallery.samples().items()}


def samples() -> dict[str, list[Sample]]:
    """Variables for each component, by the name of its file in templates/ui/."""
    return dict(sorted({**_frame(), **_words(), **_figures(), **_forms()}.items()))


def _frame() -> dict[str, list[Sample]]:
    """What stands round a page's content."""
    trail = [{"title": "Home", "url": "/"}, {"title": "Modules", "url": "/"}, {"title": "A1"}]
    return {
        "back_link": [{"url": "#show-back_link"}],
        "breadcrumbs": [{"items": trail}],
        "exit_this_page": [{}],
        "help_lines": [{"safeguarding_lead": "Bea Lead"}],
        "help_right_now": [{"support_url": "/support/"}],
        "navigation": [_navigation()],
        "notification_banner": [
            {"text": "The site is closed on Sunday morning.", "heading_id": "sample1"},
            {"text": "Your answers are saved.", "success": True, "heading_id": "sample2"},
        ],
        "pagination": [{"page": Paginator(range(100), 10).page(4)}],
        "sections": [{"label": "Sample sections", "items": _navigation()["items"]}],
    }


def _words() -> dict[str, list[Sample]]:
    """What holds words."""
    return {
        "as_of": [{"fresh": {"as_of": datetime(2026, 11, 2, 9, 41, tzinfo=UTC), "people": 12}}],
        "card": [{"title": "Module A1", "url": "#show-card", "level": 3, "body": WORDS}],
        "details": [{"summary": "Why we ask this", "body": WORDS}],
        "inset": [{"body": WORDS}],
        "panel": [{"title": "Module complete", "body": "Your certificate is ready", "level": 3}],
        "tabs": [{"items": [{"id": f"tab-{n}", "title": f"Tab {n}", "body": WORDS} for n in (1, 2)]}],
        "warning": [{"text": "Leaving now loses nothing: your place is kept."}],
    }


def _figures() -> dict[str, list[Sample]]:
    """What holds facts and figures."""
    return {
        "bar_chart": [_bar_chart(), _bullets()],
        "chart_table": [{"title": "Champions", "head": ["District", "Champions"], "rows": [["Northdale", "5"]]}],
        "funnel": [_funnel()],
        "matrix": [_matrix()],
        "ranges": [_ranges()],
        "spread": [_spread()],
        "standing_tag": [{"state": state} for state in STANDINGS],
        "stats": [{"stats": _stats()}],
        "summary_list": [{"rows": [{"key": "Name", "value": "Amira Learner", "url": "#show-summary_list"}]}],
        "table": [
            {"caption": "Your modules", "head": TABLE_HEAD, "rows": TABLE_ROWS, "first_is_header": True},
            {"caption": "No modules", "head": [], "rows": [], "empty": "No modules yet."},
        ],
        "task_list": [{"items": TASKS}],
        "trend": [_trend()],
    }


def _forms() -> dict[str, list[Sample]]:
    """What is filled in and sent."""
    wrong = {"name": "", "done_on_day": "31", "done_on_month": "2", "done_on_year": "2026"}
    return {
        "button": _buttons(),
        "error_summary": [{"errors": [SAMPLE_ERROR]}],
        "fields": [{"form": SampleForm(auto_id="plain_%s", initial={"done_on": date(2026, 3, 27)})}],
        "file_upload": [{"form": FileForm()}],
        "filters": [{"form": FilterForm(), "clear_url": "#show-filters"}],
        "form": [{"form": SampleForm(wrong, auto_id="wrong_%s")}],
    }


def _buttons() -> list[Sample]:
    return [
        {"text": "Continue"},
        {"text": "Save for later", "look": "secondary"},
        {"text": "Undo the import", "warns": True},
        {"text": "Start", "href": "#show-button", "start": True},
    ]


def _bar_chart() -> Sample:
    return {
        "id": "sample-chart",
        "title": "Staff in date, by kind of agency",
        "description": "Fire and rescue 82 per cent, general practice 42; the voluntary sector is too few to show.",
        "label_head": "Kind of agency",
        "value_head": "In date",
        "rows": BARS,
        "target": 75,
    }


def _bullets() -> Sample:
    before = ((74, "74%"), (55.5, "56%"), (None, "*"))
    rows = [{**bar, "before": was, "before_text": text} for bar, (was, text) in zip(BARS, before, strict=True)]
    return _bar_chart() | {"id": "sample-bullets", "rows": rows, "before_head": "a year before"}


def _spread() -> Sample:
    shares = (41, 68, 69, 69, 74, 82, None)
    figures = [
        (f"Agency {place}", "*" if share is None else f"{share}%", share) for place, share in enumerate(shares, start=1)
    ]
    return {
        "id": "sample-spread",
        "title": "Staff in date, agency by agency",
        "description": "Most agencies lie near 69 per cent; one is well below, at 41.",
        "head": ["Agency", "In date"],
        "spread": spread(figures),
    }


def _funnel() -> Sample:
    steps = [("On the roster", 240), ("Asked for it", 200), ("In date", 130)]
    return {
        "id": "sample-funnel",
        "title": "From the roster to being in date",
        "description": "Of 240 people 200 are asked, and 130 of them are in date.",
        "head": ["Step", "People"],
        "funnel": funnel([(label, str(count), count) for label, count in steps]),
    }


def _ranges() -> Sample:
    months = [("November 2026", (12, 19)), ("December 2026", (3, 8)), ("January 2027", None)]
    return {
        "id": "sample-ranges",
        "title": "Places needed, month by month",
        "description": "Most in November, few in December; January's cannot be shown.",
        "head": ["Month", "Places"],
        "ranges": ranges([(label, f"{ends[0]} to {ends[1]}" if ends else "*", ends) for label, ends in months]),
    }


def _matrix() -> Sample:
    counts = {"Northdale": (4, 1, 0), "Southmere": (2, 0, None)}
    rows = [
        (title, [("*" if count is None else str(count), count) for count in each]) for title, each in counts.items()
    ]
    return {
        "id": "sample-matrix",
        "title": "Champions by district and kind of agency",
        "description": "Northdale has most, at surgeries; two squares have none.",
        "matrix": matrix("District", ["Surgeries", "Schools", "Fire and rescue service"], rows),
    }


def _trend() -> Sample:
    months = ("August", "September", "October", "November")
    figures = [(month, str(12 + 3 * place), 12 + 3 * place) for place, month in enumerate(months)]
    return {
        "id": "sample-trend",
        "title": "Champions over time",
        "description": "From 12 in August to 21 in November.",
        "label_head": "Month",
        "value_head": "Champions",
        "trend": trend(figures, target=20),
    }


def _navigation() -> Sample:
    items = [
        {"title": "Home", "url": "/", "is_current": True},
        {"title": "Directory", "url": "/", "is_current": False},
    ]
    return {
        "items": items,
        "id": "sample-navigation",
        "label": "Sample menu",
        "login_url": "#show-navigation",
    }


def _stats() -> list[dict[str, str]]:
    return [
        {"value": "82%", "label": "in date", "note": "410 of 500 staff"},
        {"value": "12", "label": "agencies reported", "note": "of 14"},
        {"value": "*", "label": "in the Vale", "note": "too few to show"},
    ]
