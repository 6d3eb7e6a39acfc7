"""What the coordinator says of a champion."""

from django import forms

from champions.forms.plain import Address
from training.ui.forms import DateField


class NominateForm(forms.Form):
    """Somebody to put forward."""

    address = Address(
        label="Work e-mail address of the person you put forward",
        error_messages={
            "required": "Enter their work address",
            "invalid": "Enter an address in the right form, like name@example.org",
        },
    )


class AgreementForm(forms.Form):
    """When the manager agreed."""

    agreed_on = DateField(label="When did their manager agree?", help_text="For example, 27 3 2026")
