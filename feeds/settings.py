"""The settings: environment variables into one immutable, validated object, read once at start."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from feeds.errors import SettingsError

# The authority of RFC 3986, section 3.2, without a user: a name in ASCII or an IPv6 address in brackets, then a port.
_AUTHORITY = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
_HIGHEST_PORT = 65_535
_TOKEN = re.compile(r"[!-~]{16,}")
_LIKE = 0.8  # a share of letters, as difflib counts: SEED_DIR is SEEDS_DIR misspelt, LOG_LEVEL is another program's


class Settings(BaseSettings):
    """Every setting, with the prefix `DATELINE_` in the environment. The descriptions are the README's table."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="ignore")

    database_url: str = Field(
        "sqlite:///var/dateline.db",
        description="SQLAlchemy URL of the store: a SQLite file or `postgresql+psycopg://…`",
    )
    seeds_dir: Path = Field(Path("seeds"), description="The watched folder")
    base_url: str = Field(
        "", description="Public address that every absolute URL begins with; required to bind beyond loopback"
    )
    title: str = Field("Dateline", description="Name of this server, shown in feeds and pages")
    language: Literal["en", "ko", "zh", "ja"] = Field(
        "en", description="Language of the pages where their address does not choose one (`?ui=ko`)"
    )
    scan_seconds: float = Field(5.0, ge=0.2, le=86_400, description="Seconds between two full scans of the folder")
    max_seed_bytes: int = Field(
        4_194_304, ge=1_024, le=268_435_456, description="A larger seed is refused with a ledger row"
    )
    web_workers: int = Field(2, ge=1, le=64, description="Processes that answer requests")
    timezone: str = Field("UTC", description="IANA time zone in which the pages show times")
    authority_dir: Path | None = Field(
        None,
        description="Folder whose `actors.toml`, `topics.toml`, `sources.toml` and `furniture.toml` add to ours",
    )
    content: Literal["full", "summary"] = Field(
        "full", description="How much of an article's text feeds and pages republish: `full` or `summary`"
    )
    max_age: int = Field(60, ge=0, le=86_400, description="Seconds that a cache may serve a feed without asking again")
    status_token: SecretStr | None = Field(
        None, description="Password of the operator's page `/status`, 16 characters or more; without it there is none"
    )
    metrics: bool = Field(default=False, description="Serve what the store counts at /metrics, for Prometheus")
    log_format: Literal["text", "json"] = Field(
        "text", description="Log lines for people (`text`) or programs (`json`)"
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no IANA time zone (try Asia/Seoul)") from error
        return value

    @field_validator("status_token")
    @classmethod
    def _long_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("it must have 16 or more letters, digits and marks of ASCII (try `openssl rand -hex 16`)")
        return value

    @field_validator("base_url")
    @classmethod
    def _plain_base(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("it must begin with http:// or https://")
        if any(mark in value for mark in "?# \n\r\t"):
            raise ValueError("it must hold no query, fragment or space")
        if value:
            _check_authority(value)
        return value.rstrip("/")


def _check_authority(url: str) -> None:
    try:
        authority = urlsplit(url).netloc
    except ValueError:  # an address in brackets that is none
        authority = ""
    if "@" in authority:
        raise ValueError("it must hold no user name or password: it stands in every feed")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise ValueError(
            "it must name a host, such as https://feeds.example.org, of letters, digits, dots and hyphens (xn--… for "
            "other scripts) or an IPv6 address in brackets"
        )
    if match["port"] is not None and not 1 <= int(match["port"]) <= _HIGHEST_PORT:
        raise ValueError(f"its port must be from 1 to {_HIGHEST_PORT}")


def _refuse_misspelt() -> None:
    """A variable that is nearly a setting would do nothing, and nobody would be told why."""
    known = [name.upper() for name in Settings.model_fields]
    for variable in sorted(os.environ):
        prefix, _, name = variable.upper().partition("_")
        if prefix != "DATELINE" or name in known:
            continue
        if meant := get_close_matches(name, known, n=1, cutoff=_LIKE):
            raise SettingsError(f"{variable}: there is no such setting; did you mean DATELINE_{meant[0]}?")


def load_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingsError: names each wrong or misspelt variable and what is wrong with it.

    """
    _refuse_misspelt()
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"DATELINE_{str(fault['loc'][0]).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        ]
        raise SettingsError("; ".join(lines)) from error
