"""Real feed readers subscribe to a real server, see every item once, and get 304 where they send validators."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from reader import make_reader

from tests.readers import SFEED_BY_ID, liferea, newsboat, recording, rss2email, sfeed
from tests.server import dateline, serving

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


ARTICLES = {
    "storm.md": """---
title: A storm closes the harbour
url: https://paper.example/storm
---
Waves of seven metres kept every ship in, the Quayside Board said. The Tidewater Office expects calm by Thursday.

The first ship is to leave on Thursday at noon, if the wind allows.
""",
    "dues.md": """---
title: Harbour dues are to rise
url: https://paper.example/dues
---
The Quayside Board wants more of those who land fish. It meets again in May.
""",
    "ferry.md": """---
title: The ferry has a new timetable
url: https://paper.example/ferry
---
Boats leave every hour from June, the Landing Stage Board said on Monday.
""",
    "bell.txt": "The old bell is back on the quay\n\nThe Quayside Board had it cast anew, and hung it itself.\n",
}
BOARD = """[[actor]]
slug = "quayside-board"
type = "organisation"
label = "Quayside Board"
names = { en = ["Quayside Board"] }
"""
MORE_NAMES = (
    BOARD.replace('"Quayside Board"] }', '"Quayside Board", "Landing Stage Board"] }')
    + """
[[actor]]
slug = "tidewater-office"
type = "organisation"
label = "Tidewater Office"
names = { en = ["Tidewater Office"] }
"""
)
FEED = "/actors/quayside-board"


class Subscribers:
    """One of each reader, all subscribed to one address; `poll` lets each poll once and tells the titles it holds."""

    def __init__(self, home: Path, url: str) -> None:
        self.url, self._library = url, make_reader(":memory:")
        self._library.add_feed(url)
        self._homes = {name: home / name for name in ("newsboat", "rss2email", "sfeed", "sfeed by id")}
        for each in self._homes.values():
            each.mkdir()

    def poll(self) -> dict[str, list[str]]:
        homes = self._homes
        self._library.update_feed(self.url)
        return {
            "newsboat": newsboat(self.url, homes["newsboat"], polls=1),
            "rss2email": rss2email(self.url, homes["rss2email"], polls=1),
            "reader": sorted(entry.title or "" for entry in self._library.get_entries()),
            "sfeed": sfeed(self.url, homes["sfeed"], polls=1),
            "sfeed by id": sfeed(self.url, homes["sfeed by id"], polls=1, more=SFEED_BY_ID),
        }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_nothing_is_doubled_by_revision_rename_retag_another_address_and_a_restart(tmp_path: Path, suffix: str) -> None:
    """Each reader polls twice; in between all of that happens, and a retag brings in what was stored before."""
    folder, authority, database = tmp_path / "seeds", tmp_path / "authority", f"sqlite:///{tmp_path}/one.db"
    folder.mkdir()
    authority.mkdir()
    (authority / "actors.toml").write_text(BOARD)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    known = {"DATELINE_AUTHORITY_DIR": str(authority)}
    bell, dues, storm = "The old bell is back on the quay", "Harbour dues are to rise", "A storm closes the harbour"
    with recording("") as proxy:
        readers = Subscribers(tmp_path, f"{proxy.url}{FEED}.{suffix}")
        with serving(folder, database, tmp_path / "log", **known) as server:
            server.wait_for("/latest.json", "new timetable")
            for title in (storm, dues, bell):
                server.wait_for(f"{FEED}.json", title)
            proxy.origin = server.url
            assert set(map(tuple, readers.poll().values())) == {(storm, dues, bell)}
        (folder / "storm.md").write_text(ARTICLES["storm.md"].replace("closes the", "closes the whole"))
        (folder / "dues.md").rename(folder / "renamed.md")
        (authority / "actors.toml").write_text(MORE_NAMES)
        assert dateline("retag", env=server.environment).returncode == 0
        elsewhere = {"DATELINE_BASE_URL": "https://elsewhere.example/feeds"}
        with serving(folder, database, tmp_path / "log2", **known, **elsewhere) as server:
            for words in ("closes the whole harbour", "new timetable", "tidewater-office"):
                server.wait_for(f"{FEED}.json", words)
            proxy.origin = server.url
            found = readers.poll()
    ferry, revised = "The ferry has a new timetable", "A storm closes the whole harbour"
    assert found["newsboat"] == found["reader"] == found["sfeed by id"] == [revised, dues, ferry, bell]
    assert found["rss2email"] == [storm, dues, ferry, bell], "what was mailed is not mailed again"
    # By itself sfeed shows another title, or another link, as another line; the bell's link is its page on the server.
    assert found["sfeed"] == [storm, revised, dues, ferry, bell, bell]
