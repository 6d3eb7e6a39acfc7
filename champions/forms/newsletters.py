"""A newsletter as its coordinator edits it."""

from django import forms

from champions.forms.enquiries import long_text
from champions.models.newsletters import LONGEST_NEWSLETTER


class NewsletterForm(forms.Form):
    """Plain words; lines are kept as they are."""

    words = long_text(
        "The letter",
        LONGEST_NEWSLETTER,
        help_text="Do not write about real people: thank by numbers, not by name.",
        rows=20,
        required="Write the letter",
    )
