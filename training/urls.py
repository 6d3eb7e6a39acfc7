"""The street door: every room by name."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from training.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("account/", include("training.sso.urls")),
    path(settings.CMS_PATH.strip("/") + "/", include(wagtailadmin_urls)),
    path("", include("training.notices.urls")),
    path("", include("training.people.urls")),
    path("", include("training.evidence.urls")),
    path("", include("training.strategy.urls")),
    path("", include("training.inspection.urls")),
    path("", include("training.boards.urls")),
    path("", include("training.pledges.urls")),
    path("", include("training.rules.urls")),
    path("", include("training.returns.urls")),
    path("", include("certificates.urls")),
    path("", include("champions.urls")),
    path("", include("home.urls")),
    path("", include("courses.urls")),
    path("", include(wagtail_urls)),
]
if settings.IS_DEMO or settings.DEBUG:
    urlpatterns.insert(0, path("gallery/", include("training.ui.urls")))
