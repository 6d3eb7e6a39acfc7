"""What agencies and the coordinator send in."""

from typing import Any

from django import forms

from training.ui.forms import DateField

from .models import Charter, Kind
from .services import Said
from .wording import ASKED_MADE

VICTIMS, PEOPLE_WHO_HARM = "victims", "people_who_harm"
COVERS = [(VICTIMS, "Staff who are being harmed"), (PEOPLE_WHO_HARM, "Staff who harm")]
MOST_TIERS = 6


class PledgeForm(forms.Form):
    """One pledge; the fields of its kind alone."""

    made_on = DateField(required=True)
    tier = forms.ChoiceField(label="Which level?", widget=forms.RadioSelect, choices=())
    covers = forms.MultipleChoiceField(label="Whom is it for?", widget=forms.CheckboxSelectMultiple, choices=COVERS)
    name = forms.CharField(label="Their name", max_length=160)
    post_title = forms.CharField(label="Their post", max_length=160)
    is_who_public = forms.BooleanField(required=False)
    review_on = DateField(label="When will it be reviewed?", help_text="It counts up to that day", required=True)
    reference = forms.CharField(
        label="Where can the evidence be seen?",
        help_text="A reference number or a place in your own files. Send no file",
        max_length=160,
        required=False,
    )

    def __init__(self, data: Any = None, *, kind: Kind, charter: Charter | None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["made_on"].label = ASKED_MADE[kind]
        tiers = list(charter.tiers) if charter else []
        kept = (initial or {}).get("tier")
        self.fields["tier"].choices = [(each, each) for each in dict.fromkeys([*tiers, *([kept] if kept else [])])]  # type: ignore[attr-defined]
        for name in _without(kind, has_tiers=bool(tiers)):
            del self.fields[name]
        if kind == Kind.CHARTER:
            self._ask_who("Name of who signed", "Show their name and post in public", "Ask them first")
        if kind == Kind.LEAD:
            self._ask_who("Their name", "Show their post in public", "The name is seen by your coordinator alone")

    def _ask_who(self, name: str, public: str, hint: str) -> None:
        self.fields["name"].label = name
        self.fields["is_who_public"].label, self.fields["is_who_public"].help_text = public, hint

    @property
    def said(self) -> Said:
        """What was typed, as it goes on record."""
        given = dict(self.cleaned_data)
        covers = given.pop("covers", [])
        return Said(**given, covers_victims=VICTIMS in covers, covers_people_who_harm=PEOPLE_WHO_HARM in covers)


def _without(kind: Kind, *, has_tiers: bool) -> tuple[str, ...]:
    """The fields that a kind does not have."""
    if kind == Kind.CHARTER:
        return ("covers",) if has_tiers else ("covers", "tier")
    if kind == Kind.POLICY:
        return ("tier", "post_title", "name", "is_who_public")
    return ("tier", "covers", "review_on", "reference")


class WithdrawForm(forms.Form):
    """From when a pledge holds no more."""

    from_on = DateField(label="From which day?", help_text="Its own first day, if it was never true", required=True)


class CharterForm(forms.Form):
    """What a partnership asks its agencies to sign."""

    title = forms.CharField(label="What is it called?", help_text="Our Charter, or our Concordat", max_length=120)
    address = forms.URLField(
        label="Where can anyone read it?",
        help_text="The address of a public page, beginning with https://",
        required=False,
        assume_scheme="https",
    )
    tiers = forms.CharField(
        label="Levels to sign up to",
        help_text="One a line; leave it empty where everybody signs the same",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def clean_address(self) -> str:
        """Only an address that a reader's browser opens safely."""
        address = self.cleaned_data["address"]
        if address and not address.startswith("https://"):
            raise forms.ValidationError("The address must begin with https://")
        return address

    def clean_tiers(self) -> list[str]:
        """One title a line, each once."""
        lines = (line.strip() for line in self.cleaned_data["tiers"].splitlines())
        titles = list(dict.fromkeys(line for line in lines if line))
        if len(titles) > MOST_TIERS or any(len(each) > 80 for each in titles):
            raise forms.ValidationError(f"At most {MOST_TIERS} levels, each of at most 80 characters")
        return titles


class ShowForm(forms.Form):
    """Which agencies the coordinator's table shows."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Every agency"),
            ("missing", "Something missing"),
            ("due", "A review due soon or over"),
            ("waiting", "Something to confirm"),
        ],
    )
