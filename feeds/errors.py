"""Every error that Dateline raises on purpose above the store, and what a caller does with it.

DatelineError
├── SettingsError       a setting is missing or wrong; the sentence says which and how to mend it
├── AuthorityError      an authority, rules or sources file is wrong; names file and line
├── LabelsError         a labelled set or a file of floors is wrong; names file and line
├── ExportError         the files of an export cannot be written; the sentence says where and why
├── SeedError           one seed cannot become an item: data for the ledger, never a crash
│   ├── SeedUnreadable      not a regular file, no permission, changed while read
│   ├── SeedTooLarge        beyond DATELINE_MAX_SEED_BYTES
│   └── SeedInvalid         bytes that are no article: empty, binary, broken JSON or markup
└── WebError            answered with its own HTTP status
    ├── NotFound            404
    ├── BadRequest          400
    ├── Gone                410
    └── FeedBroken          503
"""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from feeds.sentences import Sentence


class DatelineError(Exception):
    """The root of the tree."""


class SettingsError(DatelineError):
    """A setting is missing or wrong."""


class AuthorityError(DatelineError):
    """An authority, rules or sources file is wrong."""


class LabelsError(DatelineError):
    """A labelled set, or a file of floors for its figures, is wrong."""


class ExportError(DatelineError):
    """The files of an export cannot be written; readers still have those of the last one."""


class SeedError(DatelineError):
    """One seed cannot become an item; `str()` is the reason that the ledger keeps."""


class SeedUnreadable(SeedError):  # noqa: N818 - named for what it says
    """The bytes cannot be had."""


class SeedTooLarge(SeedError):  # noqa: N818
    """The file is beyond the size limit."""


class SeedInvalid(SeedError):  # noqa: N818
    """The bytes are no article."""


class WebError(DatelineError):
    """An answer with a status of its own."""

    status: ClassVar[HTTPStatus]

    def __init__(self, sentence: str | Sentence = "") -> None:
        """Say what is wrong; `str()` says it in English."""
        self.sentence = Sentence(sentence) if isinstance(sentence, str) else sentence
        super().__init__(str(self.sentence))


class NotFound(WebError):  # noqa: N818
    """There is no such thing."""

    status = HTTPStatus.NOT_FOUND


class BadRequest(WebError):  # noqa: N818
    """The request is wrong; the message points at the fault."""

    status = HTTPStatus.BAD_REQUEST


class Gone(WebError):  # noqa: N818
    """It was here, and was withdrawn."""

    status = HTTPStatus.GONE


class FeedBroken(WebError):  # noqa: N818
    """A feed cannot be written, and no version of it that could be is at hand."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
