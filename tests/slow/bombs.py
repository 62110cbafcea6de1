"""Files that try the reader's time and memory; run as a program, it prints what each costs beyond honest text."""

from __future__ import annotations

import json
import resource
import sys
import time
from functools import lru_cache

from feeds.authority import load_authority
from feeds.errors import SeedError
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools

PROSE = "The ministers of both towns met on Monday and said that they would meet again in the autumn of the year. "
PARAGRAPH = PROSE * 4
RUNS = 3
MAX_TEXT, MAX_PAGE = 390_000, 400_000
TOOLS = load_tools(None, load_authority(None).matcher)

_HTML = {
    "tags within tags": "<div>" * 20_000 + PROSE,
    "inline tags within tags": "<b><i><font>" * 9_000 + PROSE,
    "tables within tables": "<table><tr><td>" * 3_000 + PROSE,
    "comments that never end": "<p>" + PROSE + "<!--" * 200_000,
    "a class of a megabyte": '<p class="' + "a " * 500_000 + '">' + PROSE,
    "an attribute that never ends": '<p a="' + "x" * 1_000_000,
    "names of surroundings": f'<div class="{"related-" * 60_000}"><p>{PROSE * 3}</p></div>',
    "entities": "<p>" + "&amp;" * 100_000 + PROSE,
    "control entities": "<p>" + "&#1;" * 100_000 + PROSE,
    "data within data": '<script type="application/ld+json">' + '[{"a":' * 40_000 + "</script><p>" + PROSE * 3,
    "thousands of data": '<script type="application/ld+json">['
    + ",".join(['{"datePublished":"2020-01-01"}'] * 9_000) + f"]</script><p>{PROSE * 3}",
    "scripts": "<script>x</script>" * 20_000 + "<p>" + PROSE * 3,
    "a script tag that never ends": "<script " * 100_000,
    "strokes": "<p>" + "<" * 400_000,
    "tags that never end": "<p>" + "<a=' \" " * 60_000,
    "a title of titles": "<title>" + "a - b | " * 100_000 + "</title><p>" + PROSE * 3,
    "headlines": "<h1>Tugs for two</h1>" * 9_000 + PROSE,
    "meta elements": "".join(f'<meta name="date" content="{day}">' for day in range(20_000)) + "<p>" + PROSE * 3,
    "times": "<article>" + '<time datetime="2020-01-01">x</time>' * 9_000 + "</article><p>" + PROSE * 3,
    "forms": "<form><input><select><option>" * 8_000 + PROSE,
    "doctypes": "<!DOCTYPE " * 40_000,
}  # fmt: skip
_MARKDOWN = {
    "aliases": "---\n" + "a: &a [*a]\n" * 20_000 + "---\n" + PROSE,
    "keys within keys": "---\n" + "a: " * 50_000 + "\n---\n" + PROSE,
    "lists in front matter": "---\na: " + "[" * 50_000 + "\n---\n" + PROSE,
    "links": "[a](" * 80_000,
    "brackets": "[" * 100_000,
    "stars": "*a " * 100_000,
    "emphasis": "_a*b_" * 60_000,
    "quotes within quotes": ">" * 50_000 + "a",
    "backticks": "`" * 100_000 + "a" + "`a" * 50_000,
    "pipes": "| " * 150_000,
}
_JSON = {
    "objects within objects": '{"a":' * 100_000,
    "lists within lists": "[" * 200_000,
    "a number": '{"title":"a","body":"b","n":' + "9" * 400_000 + "}",
}
_TEXT = {
    "days": PROSE + "\n\n" + "1 January 2020 " * 20_000,
    "days in figures": PROSE + "\n\n" + "2020-01-01 05:10 " * 20_000,
    "Chinese days": "2024年12月25日" * 20_000,
    "weekdays": "on Monday " * 30_000,
    "figures": "1" * 380_000,
    "stops": ". " * 180_000,
    "quotes": "'" * 300_000,
    "list marks": "['" + "', '".join(["a b c"] * 30_000) + "']",
    "one word": "a" * 390_000,
    "capitals": "SEOUL, " * 50_000,
    "a title again and again": "President Yoon " * 25_000,
    "titles and names": "President Yoon Suk Yeol said Secretary Blinken " * 8_000,
    "spaces between two words": PROSE + " \t" * 190_000 + "x",
    "empty lines": "\n" * 390_000 + PROSE,
    "accents on one letter": "a" + "\u0301" * 390_000,
    "escapes": "\\ud83d" * 60_000,
    "addresses": "a@" * 190_000,
    "abbreviations": "Mr. " * 95_000,
    "initials": "a." * 190_000,
    "prologs": "<?" * 190_000,
    "datelines": "(9月6日" * 50_000,
    "headings of sections": "Read more: a thing\n" * 1_990,
}
BOMBS: dict[str, bytes] = {
    f"{name}.{suffix}": text.encode()
    for suffix, texts in (("html", _HTML), ("md", _MARKDOWN), ("json", _JSON), ("txt", _TEXT))
    for name, text in texts.items()
} | {
    "bytes of no encoding.txt": bytes(0x80 + (31 * at) % 128 for at in range(400_000)),
    "escapes of an encoding.txt": b"\x1b$B" * 100_000,
    "half of UTF-16.txt": b"a\x00" * 200_000,
}


def seconds(data: bytes, name: str) -> tuple[float, str]:
    """The least CPU of a few runs, and the error that is none of the documented ones."""
    least, undocumented = float("inf"), ""
    for _ in range(RUNS):
        began = time.process_time()
        try:
            read_article(data, name, TOOLS)
        except SeedError:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            undocumented = repr(error)
        least = min(least, time.process_time() - began)
    return least, undocumented


@lru_cache
def honest(suffix: str, size: int) -> float:
    """What prose of that size costs: paragraphs, in markup where the suffix says so."""
    paragraph = f"<p>{PARAGRAPH}</p>\n" if suffix == "html" else f"{PARAGRAPH}\n\n"
    text = paragraph * (min(size, MAX_PAGE if suffix == "html" else MAX_TEXT) // len(paragraph) + 1)
    return seconds(text[:MAX_TEXT].encode(), "a.html" if suffix == "html" else "a.txt")[0]


def main() -> None:
    """Print one JSON object a file."""
    for suffix in ("html", "md", "txt"):
        seconds(PARAGRAPH.encode(), f"a.{suffix}")  # libraries and models are loaded once
        honest(suffix, MAX_TEXT)
    for name, data in BOMBS.items():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        cost, undocumented = seconds(data, name)
        over = cost - honest(name.rpartition(".")[2], len(data) // 20_000 * 20_000)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        row = {"name": name, "over": round(over, 3), "megabytes": round(grown), "undocumented": undocumented}
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
