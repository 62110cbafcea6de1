"""Real feed readers subscribe to a real server, see every item once, and get 304 where they send validators."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from reader import make_reader

from tests.readers import liferea, newsboat, recording, rss2email, sfeed
from tests.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server import Server

SAMPLES = Path(__file__).parents[1] / "seeds"
SUFFIXES = ("rss", "atom", "json")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the sample articles, old enough that its feeds carry a Last-Modified."""
    home = tmp_path_factory.mktemp("readers")
    with serving(SAMPLES, f"sqlite:///{home}/one.db", home / "log") as running:
        _wait_until_read(running)
        time.sleep(1.5)
        yield running


def _wait_until_read(server: Server) -> None:
    wanted = sum(1 for path in SAMPLES.iterdir() if path.is_file())
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.get("/latest.json").body.count(b'"date_published"') >= wanted:
            return
        time.sleep(0.1)
    raise AssertionError(server.log.read_text())


def titles(server: Server, path: str) -> list[str]:
    return sorted(entry.title for entry in feedparser.parse(server.get(path).body).entries)


def test_feedparser_reads_every_feed_without_a_complaint(server: Server) -> None:
    for path in ("/latest", "/topics/trade-tariffs", "/actors/south-korea"):
        for suffix in ("rss", "atom"):
            answer = server.get(f"{path}.{suffix}")
            parsed = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["Content-Type"]})
            assert not parsed.bozo, parsed.get("bozo_exception")
            assert parsed.entries
            assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_newsboat_sees_each_item_once_and_gets_304(server: Server, tmp_path: Path, suffix: str) -> None:
    with recording(server.url) as proxy:
        found = newsboat(f"{proxy.url}/actors/south-korea.{suffix}", tmp_path, polls=4)
    assert found == titles(server, f"/actors/south-korea.{suffix}")
    assert proxy.polls[0] == (200, False)
    assert proxy.polls[-1] == (304, True), proxy.polls
    assert all(status == 304 for status, conditional in proxy.polls if conditional)


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_sfeed_sees_each_item_once_and_gets_304(server: Server, tmp_path: Path, suffix: str) -> None:
    with recording(server.url) as proxy:
        found = sfeed(f"{proxy.url}/actors/south-korea.{suffix}", tmp_path, polls=3)
    assert found == titles(server, "/actors/south-korea.atom")
    assert [status for status, _ in proxy.polls] == [200, 304, 304]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_reader_sees_each_item_once_and_gets_304(server: Server, suffix: str) -> None:
    with recording(server.url) as proxy:
        library = make_reader(":memory:")
        url = f"{proxy.url}/actors/south-korea.{suffix}"
        library.add_feed(url)
        for _ in range(3):
            library.update_feed(url)
        found = sorted(entry.title or "" for entry in library.get_entries())
        library.close()
    assert found == titles(server, "/actors/south-korea.atom")
    assert proxy.polls[0] == (200, False)
    assert set(proxy.polls[1:]) == {(304, True)}


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_rss2email_delivers_each_item_once_and_gets_304(server: Server, tmp_path: Path, suffix: str) -> None:
    with recording(server.url) as proxy:
        found = rss2email(f"{proxy.url}/actors/south-korea.{suffix}", tmp_path, polls=3)
    assert found == titles(server, "/actors/south-korea.atom")
    assert proxy.polls[0] == (200, False)
    assert set(proxy.polls[1:]) == {(304, True)}, proxy.polls


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_liferea_sees_each_item_once_and_gets_304(server: Server, tmp_path: Path, suffix: str) -> None:
    with recording(server.url) as proxy:
        found = liferea(f"{proxy.url}/actors/south-korea.{suffix}", tmp_path)
    assert found == titles(server, "/actors/south-korea.atom")
    assert proxy.polls[0] == (200, False)
    assert all(status == 304 for status, conditional in proxy.polls if conditional), proxy.polls


STORM = """A storm closes the harbour of Busan

Waves of seven metres kept every ship in the harbour of Busan, South Korea, the port authority said on Tuesday.

The harbour master expects the first ship to leave on Thursday.
"""
TALKS = "South Korea and Japan talk about harbour dues\n\nTheir ministers met in Tokyo. They meet again in May.\n"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nothing_is_doubled_by_revision_rename_another_address_and_a_restart(tmp_path: Path) -> None:
    """Each reader polls twice; in between a file is revised, one is renamed, and the server comes back elsewhere."""
    folder, database = tmp_path / "seeds", f"sqlite:///{tmp_path}/one.db"
    folder.mkdir()
    (folder / "storm.txt").write_text(STORM)
    (folder / "talks.txt").write_text(TALKS)
    homes = {name: tmp_path / name for name in ("newsboat", "rss2email")}
    for home in homes.values():
        home.mkdir()
    library = make_reader(":memory:")
    path = "/actors/south-korea.atom"
    with recording("") as proxy:
        url = proxy.url + path

        def poll() -> dict[str, list[str]]:
            library.add_feed(url, exist_ok=True)
            library.update_feed(url)
            return {
                "newsboat": newsboat(url, homes["newsboat"], polls=1),
                "rss2email": rss2email(url, homes["rss2email"], polls=1),
                "reader": sorted(entry.title or "" for entry in library.get_entries()),
            }

        both = sorted([STORM.splitlines()[0], TALKS.splitlines()[0]])
        with serving(folder, database, tmp_path / "log") as server:
            server.wait_for("/actors/south-korea.json", "storm closes")
            server.wait_for("/actors/south-korea.json", "harbour dues")
            proxy.origin = server.url
            assert poll() == dict.fromkeys((*homes, "reader"), both)
        (folder / "storm.txt").write_text(STORM.replace("closes the harbour", "closes the whole harbour"))
        (folder / "talks.txt").rename(folder / "renamed.txt")
        with serving(
            folder, database, tmp_path / "log2", DATELINE_BASE_URL="https://elsewhere.example/feeds"
        ) as server:
            server.wait_for("/actors/south-korea.json", "the whole harbour")
            proxy.origin = server.url
            found = poll()
    library.close()
    revised = sorted(title.replace("the harbour", "the whole harbour") for title in both)
    assert (found["newsboat"], found["reader"]) == (revised, revised)
    assert found["rss2email"] == both, "what was mailed is not mailed again"
