"""Two hosts, each with its own pages: packages never run where people are signed in."""

import pytest
from django.test import Client
from django.urls import get_resolver

from courses.models import Package
from courses.packages import content_urls
from courses.packages.host import content_origin
from tests.courses.packages.conftest import HOST, opened
from tests.courses.packages.zips import package
from training.access.gates import PUBLIC

FILES = {"page.html": "<p>Hello", "film.mp4": "0123456789", "odd.xyz": "bytes"}


@pytest.fixture
def files(course_of):
    """The address of a package's files."""
    course_of(package(more=FILES))
    return f"/files/{Package.objects.get().folder}/"


def ask(address: str, **headers: str):
    return Client().get(address, HTTP_HOST=HOST, **headers)


def test_the_site_is_not_on_the_content_host(learner, course_of):
    course_of()
    for address in ("/", "/learning/", "/account/login/", "/cms/", "/api/v1/openapi.json", "/healthz"):
        answer = learner.get(address, HTTP_HOST=HOST)
        assert (answer.status_code, b"<html" in answer.content) == (404, False)


@pytest.mark.parametrize("host", ["packages.example", "PACKAGES.example:8000", "packages.example."])
def test_the_content_host_is_known_however_its_name_is_written(settings, client, db, host):
    settings.CONTENT_HOST, settings.ALLOWED_HOSTS = "packages.example", ["testserver", "packages.example"]
    assert client.get("/support/", HTTP_HOST=host).status_code == 404
    assert client.get("/run/", HTTP_HOST=host).status_code == 200


def test_packages_are_not_on_the_site(files, learner):
    for address in ("/run/", "/run/start/", "/run/commit/", f"{files}page.html"):
        assert learner.get(address).status_code == 404
        assert learner.post(address).status_code in (404, 405)


def test_a_file_is_framed_by_the_site_alone_and_leaves_no_cookie(files):
    answer = ask(f"{files}page.html", HTTP_COOKIE="session=abc")
    policy = answer["Content-Security-Policy"]
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html")
    assert "frame-ancestors 'self' http://testserver; sandbox allow-scripts allow-same-origin" in policy
    assert "allow-top-navigation" not in policy
    assert "allow-popups" not in policy
    assert "form-action 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    assert "Vary" not in answer


def test_what_a_browser_need_not_run_is_sent_as_bytes(files):
    answer = ask(f"{files}odd.xyz")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/octet-stream", "attachment")


@pytest.mark.parametrize("end", ["gone.html", "../page.html", "..%2f..%2fpage.html", "%00", "", "/etc/passwd"])
def test_nothing_but_a_packages_files_is_found(files, end):
    assert ask(files + end).status_code == 404
    assert ask("/files/" + "x" * 43 + "/page.html").status_code == 404


def test_no_service_worker_is_handed_out(files):
    assert ask(f"{files}page.html", HTTP_SERVICE_WORKER="script").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=0-999", 206, b"0123456789"),
        ("bytes=20-", 416, b""),
        ("bytes=-", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_a_film_is_sent_by_the_stretch(files, wanted, status, content):
    answer = ask(f"{files}film.mp4", HTTP_RANGE=wanted)
    assert (answer.status_code, answer.getvalue()) == (status, content)


def test_the_wrapper_page_knows_nobody(client):
    answer = ask("/run/")
    assert "script-src 'self'; " in answer["Content-Security-Policy"]
    assert (answer["Cache-Control"], answer["Clear-Site-Data"]) == ("no-store", '"storage"')
    assert not answer.cookies


def test_every_address_of_the_content_host_is_open_to_all_and_none_is_one_of_the_sites():
    views = {pattern.name: pattern.callback.access_rule for pattern in content_urls.urlpatterns}
    assert views == dict.fromkeys(("run", "run-h5p", "run-start", "run-commit", "package-file"), PUBLIC)
    assert not set(views) & set(get_resolver().reverse_dict)


@pytest.mark.parametrize("host", ["", "testserver"])
def test_without_a_host_of_its_own_nothing_is_launched(launch, learner, settings, host):
    wrapper = launch()
    settings.CONTENT_HOST = host
    assert content_origin() == ""
    page = learner.get("/learning/small/open/").content.decode()
    assert "no place set apart to run it" in page
    assert "<iframe" not in page
    assert wrapper.commit({}).status_code == 404


def test_the_sites_page_frames_the_content_host_and_nothing_else(launch, learner):
    launch()
    answer = learner.get("/learning/small/open/")
    assert f"frame-src http://{HOST}" in answer["Content-Security-Policy"]
    assert 'sandbox="allow-scripts allow-same-origin allow-forms allow-modals"' in answer.content.decode()


def test_each_opening_has_a_token_of_its_own(launch, learner):
    assert launch().token != opened(learner).token
