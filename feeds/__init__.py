"""Dateline: an event-feed syndication server. The command line is `feeds.cli`; the floors are in pyproject.toml."""
