"""What is refused; the text can be shown to a person."""


class PackRefused(Exception):
    """Something that cannot be done to a board pack."""
