"""The site's addresses, with one for the learner's page: signing in leads there."""

from django.http import HttpResponse
from django.urls import include, path

from training.access.gates import public

urlpatterns = [
    path("learning/", public(lambda request: HttpResponse("Learning")), name="learning"),
    path("", include("training.urls")),
]
