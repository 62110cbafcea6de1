"""Any bytes under any name: an article, or one of the documented reasons why there is none; nothing else is raised.

Three fuzzers: hypothesis builds texts out of the pieces that the readers look for, a mutator cuts up, doubles and
crosses the files of the corpus and the sample seeds, five minutes each, and for ten minutes atheris follows the
branches that its inputs reach; all of it at `DATELINE_SLOW_SCALE=1`.
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from feeds.errors import SeedError
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools

SCALE = float(os.environ.get("DATELINE_SLOW_SCALE", "1"))
SECONDS = max(10.0, 300 * SCALE)
ROOT = Path(__file__).parents[2]
SUFFIXES = (".txt", ".md", ".html", ".json", ".xml", "")
MAX_SIZE = 60_000
BATCH = 200
MAX_FUZZED = 4_096  # bytes: many short inputs reach more than few long ones
MAX_PIECE = 60
PIECES = (
    "---\n", "title: a\n", "date: 2025-01-02\n", "&a ", "*a", "<p>", "</p>", "<div class=related>", "<h1>", "<script>",
    '<script type="application/ld+json">', '{"@type":"NewsArticle","datePublished":"2025-01-02T03:04:05Z"}',
    "</script>", "<!--", "-->", "<meta name=date content=2025-13-45>", "<time datetime=2025-01-02>", "<a href=x>",
    "<table><tr><td>", "<![CDATA[", "&amp;", "&#x110000;", "\\n", "\\ud800", ",\n", "\u2018a\u2019,\n", "[", "](",
    "```", "{", '"title":', '"body":', "0001-01-01", "9999-12-31T23:59:59+14:00", "November 18", "on the 5th",
    "31 February 2025", "周四", "지난 31일", "令和元年2月30日", "SEOUL, Feb. 30 (Yonhap) -- ", "last week",
    "five months since", "President Yoon", "相关文章", "Read more:", "\u202e", "\ufeff", "\x00", "\ud7a3",
    "\U0001f600", "A. " * 40, "x" * 300, "\n\n", "\r", "\u2028", "The ministers said on Monday that they had met. ",
)  # fmt: skip
TOOLS = load_tools()


def check(data: bytes, name: str) -> None:
    """Read; the documented errors are fine, and what is no error must be publishable text with an honest date."""
    try:
        article = read_article(data, name, TOOLS)
    except SeedError:
        return
    for text in (article.title, article.summary, article.body):
        assert "\x00" not in text.encode("utf-8").decode("utf-8")
    first, last = article.published.first, article.published.last
    assert (first is None) == (last is None)
    assert first is None or last is None or first <= last


@settings(
    max_examples=BATCH,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=60),
    st.sampled_from(SUFFIXES),
    st.sampled_from(("utf-8", "utf-16", "gb18030", "cp949", "cp932", "latin-1")),
)
def build_and_check(pieces: list[str], suffix: str, codec: str) -> None:
    """One batch of texts; not a test by itself."""
    check("".join(pieces).encode(codec, "replace"), "seed" + suffix)


@pytest.mark.slow
def test_texts_of_the_pieces_that_readers_look_for() -> None:
    end, batches = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        seed(batches)(build_and_check)()
        batches += 1

    assert batches > 0


def corpus() -> list[bytes]:
    """The bytes of all texts of ours that are seeds, or are like seeds."""
    places = (ROOT / "seeds", ROOT / "tests" / "corpus" / "reading", ROOT / "docs")
    files = sorted(path for place in places for path in place.rglob("*") if path.is_file())
    return [path.read_bytes()[:MAX_SIZE] for path in files]


def mutated(chance: random.Random, texts: list[bytes]) -> bytes:
    """One to eight random cuts, copies, crossings, flips and insertions."""
    data = bytearray(chance.choice(texts))
    for _ in range(chance.randint(1, 8)):
        at, to = sorted(chance.randint(0, len(data)) for _ in range(2))
        match chance.randint(0, 5):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to] * chance.randint(1, 5)
            case 2:
                other = chance.choice(texts)
                start = chance.randint(0, len(other))
                data[at:to] = other[start : start + chance.randint(0, 4_000)]
            case 3:
                for _ in range(min(len(data), chance.randint(1, 20))):
                    data[chance.randrange(len(data))] = chance.randrange(256)
            case 4:
                data[at:at] = chance.choice(PIECES).encode("utf-8", "surrogatepass") * chance.choice((1, 2, 500))
            case _:
                data[at:at] = chance.randbytes(chance.randint(0, 40))
        del data[MAX_SIZE:]
    return bytes(data)


@pytest.mark.slow
def test_mutations_of_the_corpus() -> None:
    end, texts, number = time.monotonic() + SECONDS, corpus(), 0
    while time.monotonic() < end:
        chance = random.Random(number)  # a failure names its number
        data, name = mutated(chance, texts), "seed" + chance.choice(SUFFIXES)
        try:
            check(data, name)
        except Exception as error:
            raise AssertionError(f"mutation {number} of {name}: {error!r}") from error
        number += 1

    assert number > SECONDS


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not made for this Python")
def test_inputs_that_reach_new_branches(tmp_path: Path) -> None:
    found, given = tmp_path / "found", tmp_path / "given"
    found.mkdir()
    given.mkdir()
    for number, data in enumerate(corpus()):
        for kind in range(4):
            (given / f"{number}-{kind}").write_bytes(bytes([kind]) + data[:MAX_FUZZED])
    (tmp_path / "pieces").write_text("".join(f"{entry(piece)}\n" for piece in PIECES if len(piece) <= MAX_PIECE))
    options = [f"-max_total_time={2 * SECONDS:.0f}", f"-max_len={MAX_FUZZED}", "-timeout=20", "-rss_limit_mb=2048"]
    options += [f"-dict={tmp_path / 'pieces'}", f"-artifact_prefix={tmp_path}/", "-print_final_stats=1", "-seed=1"]
    run = subprocess.run(
        [sys.executable, "-m", "tests.slow.atheris_reader", *options, str(found), str(given)],
        cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=600 + 3 * SECONDS, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout[-3_000:] + run.stderr[-6_000:]
    assert "stat::number_of_executed_units" in run.stderr


def entry(piece: str) -> str:
    """A piece as libFuzzer's dictionaries want it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", "surrogatepass")) + '"'
