"""The docs say what is: settings, commands, targets, links, routes and examples are held against the program."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from feeds.authority import load_authority
from feeds.cli import main
from feeds.ingest.compose import compose, story_of
from feeds.reading.read import read_article
from feeds.reading.tools import load_tools
from feeds.settings import Settings
from feeds.syndication.selection_address import FILTERS
from feeds.tagging.tag import Tagger
from feeds.web.i18n import PARAMETER
from feeds.web.selectform import BUILD
from storage.types import EventDate
from tests.builders import add_item, later, report, tag, uuid_of
from tests.entry_fields import FIELDS
from tests.web_samples import client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Report

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
UNITS = sorted((ROOT / "docs").glob("*.service"))

FENCE = re.compile(r"^```(\S*)[ ]?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:^|\s|bin/)dateline( (?!dateline )[a-z-][^\s`]*(?: [^\s|&;#>`]+)*)")
TARGET = re.compile(r"\bmake(?: -C \S+)? ([a-z]+)\b")
ROUTE = re.compile(r"`(/(?:[a-z][^`\s]*)?)`")


def code(page: Path) -> list[str]:
    """Every line of code on a page, in blocks and within sentences."""
    text = page.read_text(encoding="utf-8")
    blocks = [line for language, _, block in FENCE.findall(text) if language == "sh" for line in block.splitlines()]
    return [*blocks, *SPAN.findall(FENCE.sub("", text))]


def commands(lines: list[str]) -> set[str]:
    return {match.strip() for line in lines for match in COMMAND.findall(line)}


def resolve(words: str) -> tuple[str, list[str]]:
    """The full name of the command that the words begin with, and the options among them that it does not know.

    The words themselves where there is no such command.
    """
    at: click.Command = main
    path: list[str] = []
    rest = words.split()
    while isinstance(at, click.Group) and rest and (found := at.get_command(click.Context(at), rest[0])):
        at = found
        path.append(rest.pop(0))
    known = {option for parameter in at.params for option in parameter.opts} | {"--help", "--version"}
    unknown = [word for word in rest if word.startswith("--") and word not in known]
    return words if isinstance(at, click.Group) else " ".join(path), unknown


def every_command(group: click.Group, prefix: str = "") -> set[str]:
    found: set[str] = set()
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found |= every_command(command, f"{name} ") if isinstance(command, click.Group) else {prefix + name}
    return found


def settings_table() -> str:
    def shown(value: object) -> str:
        return "none" if value in (None, "") else f"`{value}`"

    rows = [
        f"| `DATELINE_{name.upper()}` | {shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| setting | default | meaning |", "| --- | --- | --- |", *rows])


def test_the_settings_table_is_that_of_the_code() -> None:
    text = README.read_text(encoding="utf-8")
    table = re.search(r"<!-- settings: .*? -->\n(.*?)<!-- end of settings -->", text, re.DOTALL)
    assert table is not None
    assert table[1].strip() == settings_table(), f"the README's table should be:\n{settings_table()}"


def entry_table() -> str:
    rows = [
        (field.name, *(cell.said if cell else "" for cell in (field.rss, field.atom, field.json))) for field in FIELDS
    ]
    lines = ["| | RSS 2.0 | Atom | JSON Feed 1.1 |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |".replace("  ", " ") for row in rows)])


def test_the_table_of_what_an_entry_holds_is_the_tested_one() -> None:
    text = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    assert entry_table() in text, f"the table in docs/contract.md should be:\n{entry_table()}"


def test_the_example_of_a_cache_tells_every_parameter_from_those_that_nobody_knows() -> None:
    known = {*FILTERS, PARAMETER, "name", "page", "q", "since"}
    code = "".join(path.read_text() for path in (ROOT / "feeds" / "web").glob("*.py"))
    asked = set(re.findall(r'(?:args\.get|single)\("(\w+)"', code)) | {"kind", "lang", "limit", PARAMETER}
    assert asked - {"strict"} == known, "of /healthz, which is never kept"
    kept, others = re.findall(r"\(\?:((?:\w+\|)+\w+)\)", (ROOT / "docs" / "nginx.conf").read_text())
    assert set(kept.split("|")) == known
    assert set(others.split("|")) == known | {BUILD}


def test_no_page_names_a_setting_that_is_not_there() -> None:
    known = {f"DATELINE_{name.upper()}" for name in Settings.model_fields}
    known |= {"DATELINE_TEST_ALL", "DATELINE_SLOW_SCALE"}  # of the tests
    for page in PAGES:
        assert set(re.findall(r"DATELINE_[A-Z_]+", page.read_text(encoding="utf-8"))) <= known, page.name


@pytest.mark.parametrize("page", [*PAGES, *UNITS], ids=lambda page: page.name)
def test_every_command_on_a_page_exists(page: Path) -> None:
    lines = code(page) if page.suffix == ".md" else page.read_text(encoding="utf-8").splitlines()
    for words in commands(lines):
        name, unknown = resolve(words)
        assert (words, name in every_command(main), unknown) == (words, True, [])


def test_the_readme_names_every_command() -> None:
    named = {resolve(words)[0] for words in commands(code(README))}
    assert every_command(main) <= named


def test_every_make_target_on_a_page_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for page in PAGES for line in code(page) for target in TARGET.findall(line)}
    assert {"run", "test"} <= named <= targets


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert (link, target.exists()) == (link, True)
        assert (link, not anchor or anchor in anchors(target)) == (link, True)


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, todo = set[Path](), [README]
    while todo:
        page = todo.pop()
        seen.add(page)
        links = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
        todo += {(page.parent / link).resolve() for link in links if link.endswith(".md") and "://" not in link} - seen
    assert set(PAGES) <= seen


def routes() -> list[str]:
    """The addresses that the README names; each `{rss,atom,json}` spelt out."""
    spelt = []
    for route in ROUTE.findall(README.read_text(encoding="utf-8")):
        choice = re.search(r"\{(.+)\}", route)
        spelt += [route.replace(choice[0], one) for one in choice[1].split(",")] if choice else [route]
    return spelt


def test_every_route_of_the_readme_answers(sqlite_store: Store) -> None:
    fill(sqlite_store)
    meeting = EventDate(date(2026, 2, 10), date(2026, 2, 10), "They meet.")
    item = add_item(sqlite_store, report("A meeting", events=(meeting,)), uuid=uuid_of(9))
    both = [tag("actor", "marco-rubio"), tag("topic", "trade-tariffs")]
    for number in range(10, 170):  # so many that a block of each feed is closed
        add_item(sqlite_store, report(f"Item {number}", tags=both), uuid=uuid_of(number), at=later(number))
    client = client_for(sqlite_store, status_token="a-token-that-is-long")
    known = {
        "/topics/<slug>": "/topics/trade-tariffs",
        "/actors/<slug>": "/actors/marco-rubio",
        "<other>": "south-korea",
        "<query>": "talks%20trade",
        "<uuid>": item.uuid,
        "<block>": "1",
        "<month>": "2026-02",
        "<page>": "2",
        "<number>": "1",
    }
    assert {"/", "/latest.rss", "/topics/<slug>.atom", "/actors/<slug>.json", "/feeds.opml"} <= set(routes())
    for route in routes():
        path = route
        for pattern, value in known.items():
            path = path.replace(pattern, value)
        assert (path, client.get(path, auth=("", "a-token-that-is-long")).status_code) == (path, 200)


def test_the_readme_names_every_route(sqlite_store: Store) -> None:
    rules = client_for(sqlite_store).application.url_map.iter_rules()
    plain = [route.partition("?")[0] for route in routes()]
    named = {re.sub(r"<.*?>", "<>", re.sub(r"\.(?:rss|atom)$", ".json", route)) for route in plain}
    served = {re.sub(r"<[^>]*>", "<>", re.sub(r"<any\([^)]*\):\w+>", "json", rule.rule)) for rule in rules}
    assert {path for path in served if not path.startswith("/static/")} <= named


def files_of(page: Path) -> dict[str, str]:
    """The blocks of a page that are a file: their name stands behind the language."""
    return {name: block for _, name, block in FENCE.findall(page.read_text(encoding="utf-8")) if name}


def test_every_reason_on_the_page_is_one_that_the_program_gives() -> None:
    page = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
    table = page.partition("| reason | what to do |")[2].partition("\n\n")[0]
    reasons = [
        reason for row in table.splitlines() for reason in SPAN.findall(row) if not reason.startswith("dateline")
    ]
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "feeds").rglob("*.py")))
    for reason in reasons:  # the program's own value stands where the page has dots
        assert (reason, [part for part in reason.split("…") if part not in source]) == (reason, [])
    assert len(reasons) > 20


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    for name, text in files_of(ROOT / "docs" / "seeds.md").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def report_of(folder: Path, name: str, authority: Path | None = None) -> Report:
    article = read_article((folder / name).read_bytes(), name, load_tools(authority))
    return compose(article, Tagger(load_authority(authority)).tag(story_of(article)))


def tags(report: Report, kind: str) -> set[str]:
    return {tag.slug for tag in report.tags if tag.kind == kind}


@pytest.mark.parametrize(
    ("name", "edtf", "basis"),
    [
        ("talks.txt", "2026-02-03", "dateline"),
        ("talks-labelled.txt", "2026-02-03T09:30:00+09:00", "declared"),
        ("talks.md", "2026-02-03T09:30:00+09:00", "declared"),
        ("talks.json", "2026-02-03T09:30:00+09:00", "declared"),
        ("talks.html", "2026-02-03T09:30:00+09:00", "metadata"),
    ],
)
def test_an_example_of_a_seed_is_read_as_the_page_says(examples: Path, name: str, edtf: str, basis: str) -> None:
    report = report_of(examples, name)
    assert report.title == "Ministers agree on harbour dues"
    assert (report.published.edtf, report.published.basis) == (edtf, basis)
    assert "lower harbour dues for car carriers." in report.body
    assert "Copyright" not in report.body
    assert tags(report, "actor") == {"south-korea", "japan"}


def test_the_examples_that_declare_say_who_where_and_what(examples: Path) -> None:
    for name in ("talks.md", "talks.json"):
        report = report_of(examples, name)
        assert (report.declared_id, report.source) == ("harbour-dues-2026", "example-news")
        assert report.url == "https://news.example/harbour-dues"
        assert report.summary == "Lower dues for car carriers from April."
        assert "trade-tariffs" in tags(report, "topic")


def test_the_operators_files_change_what_the_page_says_they_change(examples: Path) -> None:
    shipped = report_of(examples, "harbour.txt")
    assert (shipped.published.edtf, "tip" in shipped.body) == ("2026-02-03", True)
    assert "harbours" not in tags(shipped, "topic")
    assert not {"harbour-union", "kim-example"} & tags(shipped, "actor")
    own = report_of(examples, "harbour.txt", examples)
    assert own.published.instant == datetime(2026, 2, 3, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    assert ("tip" in own.body, tags(own, "topic")) == (False, {"harbours"})
    assert {"harbour-union", "kim-example"} <= tags(own, "actor")
