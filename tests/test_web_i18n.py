from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from lxml import html

from feeds.web.i18n import CATALOGS, INTERFACES
from tests.builders import uuid_of
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store

WEB = CATALOGS.parent
PLACE = re.compile(r"%\(\w+\)[sd]")


def messages() -> set[str]:
    """Every message of the pages, as `make messages` finds them; of a pair, the singular."""
    found = extract_from_dir(
        WEB.parent,
        [("**.py", "python"), ("web/templates/**.html", "jinja2")],
        keywords={"_": None, "N_": None, "say": None, "Sentence": None, "gettext": None, "ngettext": (1, 2)},
    )
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


@pytest.mark.parametrize("code", ["ko", "zh", "ja"])
def test_every_message_is_translated_with_its_places(code: str) -> None:
    with (CATALOGS / f"{code}.po").open("rb") as file:
        catalog = read_po(file, locale=code)
    wanted = messages()
    assert len(wanted) > 80
    for message in sorted(wanted):
        found = catalog.get(message)
        said, many = found and _first(found.string), found and _last(found.id)
        assert (message, bool(said)) == (message, True)
        assert (message, set(PLACE.findall(said or ""))) == (message, set(PLACE.findall(many or "")))
    assert {_first(one.id) for one in catalog if one.id} == wanted


def _first(text: object) -> str:
    return str(text[0]) if isinstance(text, (tuple, list)) else str(text)


def _last(text: object) -> str:
    return str(text[-1]) if isinstance(text, (tuple, list)) else str(text)


def test_the_setting_is_the_language_where_the_address_says_nothing(sqlite_store: Store) -> None:
    client = client_for(sqlite_store, language="zh")
    assert "最新" in client.get("/topics").get_data(as_text=True)
    assert 'lang="zh-Hans"' in client.get("/topics?ui=xx").get_data(as_text=True)
    assert '<html lang="ja">' in client.get("/topics?ui=ja").get_data(as_text=True)


def test_each_language_has_its_own_validator_and_names_the_others(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    path = "/actors/marco-rubio"
    answers = {ui: client.get(f"{path}?ui={ui}") for ui in INTERFACES}
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 4
    for answer in answers.values():
        assert answer.headers["Vary"] == "Accept-Encoding"
        tree: Any = html.document_fromstring(answer.data.decode())
        assert dict(
            zip(tree.xpath("//head/link/@hreflang"), tree.xpath("//head/link[@hreflang]/@href"), strict=True)
        ) == {
            "en": f"{BASE}{path}?ui=en",
            "ko": f"{BASE}{path}?ui=ko",
            "zh-Hans": f"{BASE}{path}?ui=zh",
            "ja": f"{BASE}{path}?ui=ja",
            "x-default": f"{BASE}{path}",
        }
    assert client.get(path, headers={"Accept-Language": "ko"}).headers["ETag"] == client.get(path).headers["ETag"]


def test_links_to_pages_keep_the_language_and_links_to_feeds_have_none(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    for path in ("/", "/latest", "/topics", "/actors/marco-rubio", f"/items/{uuid_of(1)}", "/nowhere"):
        tree: Any = html.document_fromstring(client.get(f"{path}?ui=ja").data.decode())
        links = [link for link in tree.xpath("//body//a[not(@hreflang)]/@href") if link.startswith("/")]
        assert links
        for link in links:
            program = re.search(r"\.(rss|atom|json|ics|opml)$", link)
            assert link.endswith(("?ui=ja", "&ui=ja")) != bool(program), link


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "/?ui=ko"),
        ("zh-TW,zh;q=0.9", "/?ui=zh"),
        ("fr,ja;q=0.5", "/?ui=ja"),
        ("en-US,en;q=0.9,ko;q=0.8", None),
        ("fr", None),
        ("*", None),
        ("", None),
    ],
)
def test_only_the_front_page_asks_the_browser(sqlite_store: Store, header: str, place: str | None) -> None:
    client = client_for(sqlite_store)
    answer = client.get("/", headers={"Accept-Language": header})
    assert (answer.status_code, answer.headers.get("Location")) == ((302, place) if place else (200, None))
    assert "Accept-Language" in answer.headers["Vary"]
    fixed = client.get("/?ui=en", headers={"Accept-Language": header})
    assert (fixed.status_code, fixed.headers["Vary"]) == (200, "Accept-Encoding")
    assert client.get("/topics", headers={"Accept-Language": header}).status_code == 200


def test_moved_pages_keep_the_language(sqlite_store: Store) -> None:
    fill(sqlite_store)
    assert client_for(sqlite_store).get("/actors/Marco-Rubio?ui=ko").headers["Location"] == "/actors/marco-rubio?ui=ko"


def test_a_refusal_speaks_the_language_or_says_that_it_does_not(sqlite_store: Store) -> None:
    client = client_for(sqlite_store)
    tree: Any = html.document_fromstring(client.get("/actors/nobody?ui=ko").data.decode())
    assert [(found.text, found.get("lang")) for found in tree.xpath("//*[@class='refusal']/p[@lang]")] == [
        ("이 이름의 행위자가 없습니다.", "ko")
    ]


def test_the_catalogs_are_shipped() -> None:
    assert '"*.po"' in (Path(__file__).parent.parent / "pyproject.toml").read_text()
