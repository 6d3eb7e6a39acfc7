"""What the content host answers: the wrapper page, the state it starts from, what it saves, and packages' files.

Nobody is signed in here. Whoever holds a launch's token may save for that run, and nothing else.
"""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from courses.packages.files import answer_file
from courses.packages.host import package_policy, site_origin, wrapper_policy
from courses.packages.limits import MOST_COMMIT_BYTES
from courses.packages.services import commit as commits
from courses.packages.services import launch as launches
from training.access.gates import public

STATUSES = {launches.UNKNOWN: HTTPStatus.NOT_FOUND, commits.OVERSIZED: HTTPStatus.REQUEST_ENTITY_TOO_LARGE}


@require_GET
@public
def run(request: HttpRequest) -> HttpResponseBase:
    """The wrapper page. It finds the token behind the '#' of its address, which no server or log ever sees."""
    page = render(None, "courses/packages/run.html", {"site": site_origin()})
    page["Cache-Control"] = "no-store"
    page["Clear-Site-Data"] = '"storage"'  # what another package may have left in this browser
    return wrapper_policy(page)


@require_GET
@public
def run_h5p(request: HttpRequest) -> HttpResponseBase:
    """The page in the package's frame that plays an H5P file. It runs the file's own libraries, as a package would."""
    return package_policy(render(None, "courses/packages/h5p.html"))


@require_POST
@public
def run_start(request: HttpRequest) -> HttpResponseBase:
    """What the wrapper page is seeded with before the package loads."""
    said = launches.start_launch(_token(request), at=timezone.now())
    return _answer(said, refused=said.get("refused", ""))


@require_POST
@public
def run_commit(request: HttpRequest) -> HttpResponseBase:
    """Save one commit. 200 says that it is durable, and nothing else does."""
    token, now = _token(request), timezone.now()
    if int(request.headers.get("Content-Length") or 0) > MOST_COMMIT_BYTES:
        commits.refuse_commit(token, commits.OVERSIZED, at=now)
        return _answer({"refused": commits.OVERSIZED}, refused=commits.OVERSIZED)
    try:
        said = commits.read_commit(request.body)
    except commits.Malformed:
        commits.refuse_commit(token, commits.MALFORMED, at=now)
        return _answer({"refused": commits.MALFORMED}, refused=commits.MALFORMED)
    kept = commits.keep_commit(token, said, at=now)
    if kept.refused:
        return _answer({"refused": kept.refused}, refused=kept.refused)
    return _answer({"number": kept.number, "is_finished": kept.is_finished, "items": kept.items})


@require_safe
@public
def package_file(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """One file of a package, to whoever knows its folder."""
    answer = answer_file(folder, name, request.headers.get("Range", ""))
    if answer is None:
        raise Http404
    return package_policy(answer)


def _token(request: HttpRequest) -> str:
    return request.headers.get("X-Launch", "")


def _answer(said: dict, refused: str = "") -> HttpResponse:
    if refused == commits.MALFORMED:
        status = HTTPStatus.BAD_REQUEST
    else:
        status = STATUSES.get(refused, HTTPStatus.CONFLICT) if refused else HTTPStatus.OK
    answer = JsonResponse(said, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
