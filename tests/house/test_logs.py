"""What goes wrong is logged with its place and kind, and without what it was about."""

import json
import logging
import sys

from django.core.exceptions import BadRequest
from django.test import RequestFactory

from training.settings.logs import logging_config


def line(words, *args, exc_info=None, **extra):
    """One line of the log, as the site writes it."""
    said = dict(logging_config("INFO")["formatters"]["json"])
    formatter = said.pop("()")(**said)
    logger = logging.getLogger("a job")
    record = logger.makeRecord(logger.name, logging.ERROR, __file__, 1, words, args, exc_info, extra=extra)
    return json.loads(formatter.format(record))


def fail(address):
    """As PostgreSQL fails: with the row in the error's text."""
    try:
        raise ValueError(f"DETAIL: Key (email)=({address}) already exists.")
    except ValueError as error:
        raise BadRequest(address) from error


def test_an_error_says_where_and_what_kind_but_nobodys_address():
    address = "amira@" + "svh.example"  # lines of the source are shown
    try:
        fail(address)
    except BadRequest:
        found = line("it failed", exc_info=sys.exc_info())
    assert address not in json.dumps(found)
    assert [word in found["exception"] for word in ("in fail", "BadRequest", "ValueError")] == [True, True, True]


def test_a_failed_request_does_not_name_its_address():
    request = RequestFactory().get("/verify/SECRET-CODE")
    found = line("Server error: %s", request.path, request=request)
    assert found["event"] == "Server error: (address)"
