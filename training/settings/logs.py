"""Structured logs: one JSON object a line, without names, addresses or codes of people."""

import traceback
from typing import Any

import structlog

# Attributes that a log line may carry; everything else a library adds is dropped.
ALLOWED = {"event", "level", "logger", "timestamp", "request_id", "method", "route", "status", "ms", "exception", "job"}

MOST_CAUSES = 10


def keep_allowed(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Drop every attribute that is not on the list: addresses, browsers and people's data with it."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


def without_path(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Django names the address that failed, and an address may hold a certificate's code."""
    path = getattr(getattr(event.get("_record"), "request", None), "path", "")
    return event | {"event": str(event["event"]).replace(path, "(address)")} if path else event


def where(exc_info: Any) -> str:
    """Where it went wrong, by what kinds of error. Their texts stay out: PostgreSQL's quote the row, names and all."""
    error, told = exc_info[1], []
    while error is not None and len(told) < MOST_CAUSES:
        told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\ncaused by\n\n".join(told)


def logging_config(level: str) -> dict[str, Any]:
    """Django's LOGGING for this level."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    without_path,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(where),
                    keep_allowed,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
