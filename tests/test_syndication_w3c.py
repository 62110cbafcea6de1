"""The W3C feed validator finds nothing to say; run where `FEEDVALIDATOR` names its command."""

from __future__ import annotations

import os
import random
import shlex
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from feeds.ingest.retraction import retract
from feeds.ingest.setup import open_ingest
from feeds.settings import Settings
from feeds.syndication.document import Channel
from feeds.syndication.formats import FORMATS
from feeds.syndication.opml import opml
from storage.groups import assign
from storage.types import UNDATED, Evidence, Published, Subject, Tag
from tests.builders import SUBJECTS, add_item, later, name_subjects, report, uuid_of
from tests.syndication_samples import CHANNEL, DAY, EVENT, EXACT, SEOUL, beside, document, entry, feed
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument
    from storage.engine import Store

COMMAND = os.environ.get("FEEDVALIDATOR", "")
pytestmark = pytest.mark.skipif(not COMMAND, reason="FEEDVALIDATOR does not name the W3C feed validator's command")

WORDS = (
    "talks", "tariffs &", "<인터뷰>", "한미 정상회담", "美国国务卿", "「会談」", "AT&T", "&amp;", "<b", "a < b", "]]>",
    "é", "“quoted”", "'s", '"x"', "100%", "\U0001f600", "𠮷野家", "שלום", "line\u2028two", "x" * 300,
)  # fmt: skip


def validate(told: list[FeedDocument], suffix: str, folder: Path) -> None:
    """Check documents of one feed against its address."""
    for number, each in enumerate(told):
        (folder / f"{number}.{suffix}").write_bytes(FORMATS[suffix].write(each))
    run(["--base", told[0].self_urls[suffix], *sorted(map(str, folder.glob(f"*.{suffix}")))])


def run(arguments: list[str]) -> None:
    done = subprocess.run(
        [*shlex.split(COMMAND), "--level", "AA", *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), "\n".join(
        line for line in done.stdout.splitlines() if "0 errors, 0 warnings" not in line
    )


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_nothing_is_wrong_with_our_feeds(tmp_path: Path, suffix: str) -> None:
    month = Published("month", "text", first=date(2025, 7, 1), last=date(2025, 7, 31))
    full = (
        entry(5, title="A & B <b tags &amp; 한국 “x” ]]>", body="<b>x</b>\n\n&amp;\nline"),
        entry(4, published=DAY, url=None, authors=(), language="und", tags=()),
        entry(3, published=UNDATED, language="zh-Hant", url="https://뉴스.example/뉴스 a?[b]"),
        entry(2, published=month, kind="brief", summary="", language="ko"),
        beside(entry(1, published=EXACT, body="", source="A & B <i>", events=(EVENT,)), "ko", "und", "zh-Hant"),
    )
    summaries = Channel(CHANNEL.base_url, content="summary", max_age=0)
    validate([document(), document(*full), document(*full, channel=summaries)], suffix, tmp_path)


@pytest.mark.parametrize("suffix", ["rss", "atom"])
@pytest.mark.parametrize(("kind", "slug", "label"), [("latest", "", "Latest"), ("topic", "韩美", "韩美 & <co>")])
def test_nothing_is_wrong_with_other_feeds(tmp_path: Path, suffix: str, kind: str, slug: str, label: str) -> None:
    validate([document(kind=kind, slug=slug, label=label), document(entry(), kind=kind, slug=slug)], suffix, tmp_path)


def test_nothing_is_wrong_with_the_list_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(opml((feed("latest", "", "Latest"), feed("topic", "韩美", "韩美 & 朝"), feed()), CHANNEL))
    run([str(path)])


@pytest.mark.parametrize("suffix", ["rss", "atom"])
@pytest.mark.parametrize(
    "query",
    [
        "/select.{}?q=topic:trade-tariffs%20%22export%20ban%22%20-lang:zh",
        "/select.{}?q=rubio%20OR%20talks",
        "/actors/marco-rubio+south-korea.{}",
        "/latest.{}?lang=en&limit=1",
        "/select.{}?q=topic:%E9%9F%A9%E7%BE%8E%20nowhere",
    ],
)
def test_nothing_is_wrong_with_selections(sqlite_store: Store, tmp_path: Path, suffix: str, query: str) -> None:
    fill(sqlite_store)
    name_subjects(sqlite_store, (*SUBJECTS, Subject("topic", "韩美", "韩美", "topic", {})))
    address = query.format(suffix)
    (tmp_path / "selection").write_bytes(client_for(sqlite_store).get(address).data)
    run(["--base", f"{BASE}{address}", str(tmp_path / "selection")])


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_nothing_is_wrong_with_windows_archives_and_pages_that_have_tombstones(
    sqlite_store: Store, tmp_path: Path, suffix: str
) -> None:
    """But that the validator does not know the namespace of RFC 6721."""
    name_subjects(sqlite_store)
    made = [add_item(sqlite_store, report(f"Item {n} & <b>"), uuid=uuid_of(n), at=later(n)) for n in range(1, 171)]
    with sqlite_store.write() as conn:
        assign(conn, [made[1].id, made[160].id], [])
        for n in (2, 90, 165):
            retract(conn, f"urn:uuid:{uuid_of(n)}", "It & <b> never happened", later(300 + n))
    client = client_for(sqlite_store)
    for path in ("/latest", "/latest/archive/1", "/topics/trade-tariffs"):
        answer = client.get(f"{path}.{suffix}")
        assert answer.status_code == 200
        (tmp_path / f"one.{suffix}").write_bytes(answer.data)
        run(["--ignore", "UnknownNamespace", "--base", f"{BASE}{path}.{suffix}", str(tmp_path / f"one.{suffix}")])


@pytest.mark.slow
def test_nothing_is_wrong_with_any_feed_of_the_samples(sqlite_store: Store, tmp_path: Path) -> None:
    assert check_all_feeds(Path(__file__).parents[1] / "seeds", sqlite_store, tmp_path) > 20


@pytest.mark.slow
def test_nothing_is_wrong_with_any_feed_of_the_supplied_articles(
    sqlite_store: Store, tmp_path: Path, shared: Path
) -> None:
    assert check_all_feeds(shared / "seeds", sqlite_store, tmp_path) > 20


def check_all_feeds(folder: Path, store: Store, scratch: Path) -> int:
    """Read the articles of a folder and check each feed that holds any; tell how many feeds these are."""
    open_ingest(Settings(seeds_dir=folder), store).one_pass(settle=False)
    client = client_for(store)
    lively = [one for one in client.get("/feeds.json").get_json()["feeds"] if one["size"]]
    for one in lively:
        for suffix in ("rss", "atom"):
            url = one["formats"][suffix]["url"]
            (scratch / f"one.{suffix}").write_bytes(client.get(url.removeprefix(BASE)).data)
            run(["--base", url, str(scratch / f"one.{suffix}")])
    return len(lively)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_nothing_is_wrong_with_a_thousand_feeds(tmp_path: Path, suffix: str) -> None:
    validate([generated(random.Random(number)) for number in range(1000)], suffix, tmp_path)


def generated(chance: random.Random) -> FeedDocument:
    contents: Any = chance.choice(["full", "summary"])
    channel = Channel(CHANNEL.base_url, content=contents, max_age=chance.randrange(9000))
    return document(*(generated_entry(chance, number) for number in range(chance.randrange(12))), channel=channel)


def generated_entry(chance: random.Random, number: int) -> Any:
    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(most)))

    moment = datetime(1995, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(900_000_000))
    evidence = (Evidence(words(5), "text", 0, "rule"),)
    day = moment.date()
    published = chance.choice(
        [
            UNDATED,
            Published("second", "metadata", instant=moment.astimezone(SEOUL)),
            Published("day", "dateline", first=day, last=day, evidence=evidence),
            Published("range", "inferred", first=day, last=day + timedelta(days=3)),
        ]
    )
    subjects: list[Any] = [("actor", "marco-rubio"), ("topic", "trade-tariffs"), ("actor", "韩美")]
    languages = chance.choices(["en", "ko", "zh-Hant", "und"], k=chance.choice([0, 0, 1, 3]))
    one = entry(
        number,
        moment,
        title=words(8),
        summary=words(12),
        body="\n\n".join(words(20) for _ in range(chance.randrange(5))),
        authors=tuple(words(3) for _ in range(chance.randrange(3))),
        url=chance.choice([None, "https://news.example/" + words(3), "javascript:x", words(3)]),
        language=chance.choice(["en", "ko", "zh", "zh-Hant", "ja", "und", ""]),
        published=published,
        tags=tuple(
            Tag(kind, slug, "mentioned", chance.random(), evidence) for kind, slug in subjects[: chance.randrange(4)]
        ),
    )
    one = replace(one, via=chance.choice([None, f"urn:uuid:{uuid_of(99)}"]))
    return beside(one, *languages) if languages else one
