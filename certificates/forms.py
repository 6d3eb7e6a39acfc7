"""The one field of the checking page."""

from django import forms

from certificates.code import LONGEST_TYPED, NotACode, normalised


class CodeForm(forms.Form):
    """A code as somebody typed it, cleaned to its stored form."""

    code = forms.CharField(
        label="Code on the certificate",
        help_text="32 letters and numbers. Capitals, spaces and hyphens do not matter.",
        max_length=LONGEST_TYPED,
        error_messages={"required": "Enter the code on the certificate"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """The stored form; what cannot be a code is said to be so before anything is looked up."""
        try:
            return normalised(self.cleaned_data["code"])
        except NotACode:
            raise forms.ValidationError(
                "Check the code: it has 32 letters and numbers, in groups of four. The letter U is never used."
            ) from None
