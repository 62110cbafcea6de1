"""Log lines: one event a line, for people or as JSON, safe against whatever bytes a file's name holds."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from typing import Literal


def set_up_logs(form: Literal["text", "json"], *, quiet: bool = False) -> None:
    """Send log lines to standard error: `text` for people, `json` for programs; `quiet` leaves out what went well."""
    render: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if form == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                pad_event_to=0,
                sort_keys=False,
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    )
    # It warns of each pass that was not started because one was at work: that is what we asked for.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def shown(name: bytes) -> str:
    r"""A seed's name as one printable line: controls and bytes that are no text appear as `\n`, `\x1b`, `\xff`.

    A name must not forge a line of the log or drive a terminal (FreshRSS#7883).
    """
    text = os.fsdecode(name)
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - PEP 383: a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")
