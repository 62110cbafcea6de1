"""Settings from the environment: sane defaults, and errors that name the variable and the remedy."""

from __future__ import annotations

import pytest

from feeds.errors import SettingsError
from feeds.settings import Settings, load_settings


def test_the_defaults_run_without_any_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite:///var/dateline.db"
    assert (str(settings.seeds_dir), settings.base_url, settings.scan_seconds) == ("seeds", "", 5.0)


def test_a_variable_wins_and_a_closing_slash_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_BASE_URL", "https://feeds.example.org/news/")
    monkeypatch.setenv("DATELINE_TIMEZONE", "Asia/Seoul")
    settings = load_settings()
    assert (settings.base_url, settings.timezone) == ("https://feeds.example.org/news", "Asia/Seoul")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BASE_URL", "feeds.example.org", "DATELINE_BASE_URL: it must begin with http:// or https://"),
        ("BASE_URL", "https://x.example/?a=1", "DATELINE_BASE_URL: it must hold no query"),
        ("BASE_URL", "http://", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "http://:80", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "https:///news", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "http://exa<mple", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "http://뉴스.example", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "http://[::1", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "http://[nonsense]", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "https://x.example:port", "DATELINE_BASE_URL: it must name a host"),
        ("BASE_URL", "https://x.example:0", "DATELINE_BASE_URL: its port must be from 1 to 65535"),
        ("BASE_URL", "https://x.example:65536", "DATELINE_BASE_URL: its port must be from 1 to 65535"),
        ("BASE_URL", "https://u:p@x.example", "DATELINE_BASE_URL: it must hold no user name or password"),
        ("BASE_URL", "https://u@x.example", "DATELINE_BASE_URL: it must hold no user name or password"),
        ("TIMEZONE", "Seoul", "DATELINE_TIMEZONE: 'Seoul' is no IANA time zone (try Asia/Seoul)"),
        ("SCAN_SECONDS", "soon", "DATELINE_SCAN_SECONDS: Input should be a valid number"),
        ("SCAN_SECONDS", "0", "DATELINE_SCAN_SECONDS: Input should be greater than or equal to 0.2"),
        ("CONTENT", "all", "DATELINE_CONTENT: Input should be 'full' or 'summary'"),
    ],
)
def test_a_wrong_value_is_told_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"DATELINE_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"), [("SEED_DIR", "SEEDS_DIR"), ("BASEURL", "BASE_URL"), ("DATABASE", "DATABASE_URL")]
)
def test_a_misspelt_setting_is_told_and_not_passed_over(monkeypatch: pytest.MonkeyPatch, name: str, meant: str) -> None:
    monkeypatch.setenv(f"DATELINE_{name}", "x")
    with pytest.raises(SettingsError, match=f"DATELINE_{name}: there is no such setting; .* DATELINE_{meant}\\?"):
        load_settings()


@pytest.mark.parametrize("name", ["DATELINE_TEST_ALL", "DATELINE_SLOW_SCALE", "DATELINE_LOG_LEVEL", "SEED_DIR"])
def test_a_variable_that_is_like_no_setting_is_somebody_else_s(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    assert str(load_settings().seeds_dir) == "seeds"


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://[::1]:8000", "https://xn--9d0bm53a.example/a-b"])
def test_a_plain_public_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATELINE_BASE_URL", url)
    assert load_settings().base_url == url


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
