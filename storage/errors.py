"""What can go wrong in the store, as sentences an operator can act on.

StorageError
├── ForeignDatabase    the URL names a database that is not Dateline's
├── NewerDatabase      written by a later Dateline than this one
├── OlderDatabase      wants `dateline db upgrade` first
├── StoreBusy          another worker holds the writer's lock
└── StoreUnreachable   no file, no server, no permission
"""


class StorageError(Exception):
    """The root of everything the store raises on purpose."""


class ForeignDatabase(StorageError):  # noqa: N818 - named for what it says
    """The database holds somebody else's tables; nothing was touched."""


class NewerDatabase(StorageError):  # noqa: N818
    """The schema is newer than this program knows; nothing was touched."""


class OlderDatabase(StorageError):  # noqa: N818
    """The schema is older than this program needs."""


class StoreBusy(StorageError):  # noqa: N818
    """Another worker holds the writer's lock."""


class RowRefused(StorageError):  # noqa: N818
    """The database refused a value; its savepoint is undone, its transaction stands."""


class StoreUnreachable(StorageError):  # noqa: N818
    """The database cannot be opened at all."""
