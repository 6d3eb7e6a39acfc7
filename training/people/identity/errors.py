"""What will not be done about who is who."""


class IdentityError(Exception):
    """Something about who is who that will not be done; the text can be shown to a person."""
