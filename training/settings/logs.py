"""Structured logs: one JSON object a line, without names, addresses or codes of people."""

from typing import Any

import structlog

# Attributes that a log line may carry; everything else a library adds is dropped.
ALLOWED = {"event", "level", "logger", "timestamp", "request_id", "method", "route", "status", "ms", "exception", "job"}


def keep_allowed(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Drop every attribute that is not on the list: addresses, browsers and people's data with it."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


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
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
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
