"""The entry point for a WSGI server: `feeds.web.wsgi:application`, built from the environment when it is asked for."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from feeds.logs import set_up_logs
from feeds.settings import load_settings
from feeds.web.app import create_app
from feeds.web.render import compile_templates
from storage.migrate import open_store

if TYPE_CHECKING:
    from flask import Flask


def build() -> Flask:
    """Build the application that the environment describes; each worker process builds its own.

    Raises:
        SettingsError: a setting is missing or wrong.
        StorageError: the database cannot be used.

    """
    settings = load_settings()
    set_up_logs(settings.log_format)
    app = create_app(settings, open_store(settings.database_url))
    compile_templates(app)
    # The program itself is no garbage: a full collection through it would hold up every request for 80 ms.
    gc.collect()
    gc.freeze()
    return app


def __getattr__(name: str) -> Flask:
    # PEP 562: importing this module opens no database; only the server that asks for `application` does.
    if name == "application":
        return build()
    raise AttributeError(name)
