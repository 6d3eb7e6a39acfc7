"""The content host: another host than the site's, on which packages run and nothing of the site does."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port

# A package may run scripts of its own, and nothing else: no pop-ups, no other page in our window, no downloads.
SANDBOX = "allow-scripts allow-same-origin allow-forms allow-modals"


def content_origin() -> str:
    """Where packages run, as 'scheme://host:port'; empty where there is no such host, and nothing can be launched."""
    site = urlsplit(settings.BASE_URL)
    if not settings.CONTENT_HOST or site.hostname == settings.CONTENT_HOST:
        return ""
    port = f":{site.port}" if site.port else ""
    return f"{site.scheme}://{settings.CONTENT_HOST}{port}"


def site_origin() -> str:
    """The site itself, the only one that may frame a package."""
    site = urlsplit(settings.BASE_URL)
    return f"{site.scheme}://{site.netloc}"


def is_content_host(request: HttpRequest) -> bool:
    """Whether the request came to the content host."""
    return bool(content_origin()) and split_domain_port(request.get_host())[0] == settings.CONTENT_HOST


def wrapper_policy(response: HttpResponseBase) -> HttpResponseBase:
    """The wrapper page: our own scripts, frames of this host, framed by the site alone."""
    return _policy(
        response,
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
    )


def package_policy(response: HttpResponseBase) -> HttpResponseBase:
    """A package's files: whatever it does, it does on this host; forms go nowhere, nothing stays behind to work."""
    return _policy(
        response,
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
        "worker-src 'none'",
        "object-src 'none'",
        "form-action 'none'",
        "base-uri 'self'",
    )


def _policy(response: HttpResponseBase, *directives: str) -> HttpResponseBase:
    framed = f"frame-ancestors 'self' {site_origin()}"
    response["Content-Security-Policy"] = "; ".join([*directives, framed, f"sandbox {SANDBOX}"])
    return response
