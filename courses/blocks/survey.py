"""How sure one feels, before and after. Nobody's answers are kept; managers never see any."""

from wagtail import blocks

from courses.content.keeping import Survey
from courses.keeping.cards import SurveyCard, survey_card

from .checked import CheckedBlock


class StatementBlock(blocks.StructBlock):
    """Something one may feel more or less sure of."""

    key = blocks.CharBlock(max_length=60, help_text="A short name, the same before and after")
    text = blocks.CharBlock(max_length=300)


class SurveyBlock(CheckedBlock):
    """Put one early in the course ('before'), and one with the same key and statements late ('after')."""

    part = Survey
    key = blocks.CharBlock(max_length=60)
    moment = blocks.ChoiceBlock(choices=[("before", "Before"), ("after", "After")])
    statements = blocks.ListBlock(StatementBlock(), min_num=1, max_num=6)

    def card(self, part: Survey, number: int) -> SurveyCard:
        """As it stands before anyone has answered."""
        return survey_card(part, number=number)

    class Meta:
        icon = "list-ul"
        label = "How sure do you feel?"
        template = "courses/blocks/survey.html"
