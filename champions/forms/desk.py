"""How the coordinator narrows the list of champions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from champions.selectors.desk import COUNTED, EMPLOYED, NOWHERE
from champions.status import Status
from training.people.kinds import AgencyKind

ANY = ("", "Any")


class PeopleForm(forms.Form):
    """Filters of the list, and its order. Sent by GET: a name that is looked for is a champion's, not a survivor's."""

    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[ANY, (COUNTED, "Active, lapsing included"), *((each.value, each.label) for each in Status)],
    )
    district = forms.ChoiceField(label="District", required=False)
    agency_kind = forms.ChoiceField(
        label="Kind of agency",
        required=False,
        choices=[ANY, (EMPLOYED, "Any but community champions"), *AgencyKind.choices],
    )
    name = forms.CharField(label="Name", required=False, max_length=100)
    sort = forms.ChoiceField(
        label="In the order of",
        required=False,
        choices=[("", "Name"), ("ends", "What ends first"), ("agency", "Agency")],
    )

    def __init__(self, data: Mapping[str, Any], districts: Iterable[tuple[str, str]]) -> None:
        typed = {name: str(data.get(name, "")).replace("\0", " ") for name in self.base_fields}
        super().__init__(typed)
        district = self.fields["district"]
        assert isinstance(district, forms.ChoiceField)
        district.choices = [ANY, *districts, (NOWHERE, "No district given")]
