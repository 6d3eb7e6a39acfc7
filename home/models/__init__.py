"""Pages of the public site, edited in the content editor, and HR's saved filters."""

from .news import NewsIndexPage, NewsPage
from .pages import FrontPage, InformationPage, PartnershipPage, PublicPage
from .saved_filters import SavedFilter
from .strategies import CataloguePage, Download, EasyReadPage, HelpPage, StrategyPage

__all__ = [
    "CataloguePage",
    "Download",
    "EasyReadPage",
    "FrontPage",
    "HelpPage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "PartnershipPage",
    "PublicPage",
    "SavedFilter",
    "StrategyPage",
]
