"""What is refused; the text can be shown to a person."""


class InspectionRefused(Exception):
    """Something that cannot be asked for now."""
