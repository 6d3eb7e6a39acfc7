"""Local services of one kind, as the learner's partnership lists them today."""

from wagtail import blocks

from courses.cards import DirectoryCard, directory_card
from courses.content.told import KINDS_OF_SERVICE, Directory

from .checked import CheckedBlock


class DirectoryBlock(CheckedBlock):
    """Listed under 'Local services'. One whose check is half a year old is hidden until somebody checks it again."""

    part = Directory
    title = blocks.CharBlock(max_length=160, default="Near you")
    service = blocks.ChoiceBlock(choices=list(KINDS_OF_SERVICE.items()), label="Kind of service")

    def card(self, part: Directory, number: int) -> DirectoryCard:
        """As it stands where nothing is listed."""
        return directory_card(part, number=number)

    class Meta:
        icon = "site"
        label = "Local services"
        template = "courses/blocks/directory.html"
