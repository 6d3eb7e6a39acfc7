"""What an author says of a package."""

from django import forms

from courses.models import Package


class UploadForm(forms.Form):
    """A file, and what it should be called and count for."""

    file = forms.FileField(help_text="A .zip of SCORM 1.2 or SCORM 2004, or a .h5p file. 300 MB at most.")
    title = forms.CharField(required=False, max_length=120, help_text="What authors know it by. Empty: its own title.")
    counts_when = forms.ChoiceField(
        label="A part counts as done when",
        required=False,
        help_text="The package itself asks for 'passed' where it sets a mark, else for 'completed'.",
        choices=[("", "the package itself says so"), *Package.CountsWhen.choices],
    )
