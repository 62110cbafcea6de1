"""The operator's page: none without a token, nothing without the password, and nothing kept by any cache."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from feeds.errors import SettingsError
from feeds.settings import load_settings
from storage.candidates import Candidate, note_candidate
from storage.ledger import put_rows
from storage.state import beat
from storage.types import UNDATED, LedgerRow
from tests.builders import SEOUL, SUBJECTS, add_item, later, name_subjects, report, uuid_of
from tests.test_web_hostile import ATTRIBUTES, ELEMENTS, PAYLOADS
from tests.test_web_pages import texts
from tests.web_samples import client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store

TOKEN = "correct-horse-battery"


def basic(password: str, user: str = "operator") -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}


def client(store: Store, **settings: Any) -> Any:
    return client_for(store, status_token=TOKEN, **settings)


def row(name: bytes, state: Any, reason: str = "") -> LedgerRow:
    return LedgerRow(name, 1, 1, 1, "0" * 64, state, reason, later(0), later(1))


def seen(name: str) -> Candidate:
    return Candidate(name, "en", "person", (f"Minister of {name}",), 1, (f"Minister {name} spoke.",), "waiting")


def fill_fully(store: Store) -> None:
    item, _ = fill(store)
    add_item(store, report("Whenever", published=UNDATED), uuid=uuid_of(7), at=later(7))
    with store.write() as conn:
        put_rows(conn, [row(b"a.txt", "stored"), row(b"x\xff\n<b>.txt", "rejected", "it is empty"), row(b"g", "gone")])
        note_candidate(conn, item.id, seen("Kim Example"))
        beat(conn, later(9), ok=False, note="the disk is full")


def test_there_is_no_such_page_without_a_token(sqlite_store: Store) -> None:
    fill(sqlite_store)
    for headers in ({}, basic(""), basic("None")):
        reply = client_for(sqlite_store).get("/status", headers=headers)
        assert reply.status_code == 404
        assert "WWW-Authenticate" not in reply.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic(""),
        basic(TOKEN[:-1]),
        basic(TOKEN + "x"),
        basic(TOKEN.upper()),
        basic("wrong", user=TOKEN),
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": TOKEN},
        {"Authorization": "Basic !!!"},
        {"Authorization": f"Digest username={TOKEN}"},
        {"Cookie": f"token={TOKEN}"},
    ],
)
def test_nothing_is_told_without_the_password(sqlite_store: Store, headers: dict[str, str]) -> None:
    fill_fully(sqlite_store)
    reply = client(sqlite_store).get(f"/status?token={TOKEN}", headers=headers)
    assert reply.status_code == 401
    assert reply.headers.getlist("WWW-Authenticate") == [
        'Basic realm="Dateline status", charset="UTF-8"',
        'Bearer realm="Dateline status"',
    ]
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Kim Example" not in reply.text
    assert "ETag" not in reply.headers
    assert texts(html.document_fromstring(reply.text), "//h1") == ["For the operator"]


@pytest.mark.parametrize("headers", [basic(TOKEN), basic(TOKEN, user=""), {"Authorization": f"Bearer {TOKEN}"}])
def test_the_token_opens_it_on_both_engines(store: Store, headers: dict[str, str]) -> None:
    fill_fully(store)
    reply = client(store).get("/status", headers=headers)
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert "ETag" not in reply.headers
    assert TOKEN not in reply.text
    tree = html.document_fromstring(reply.text)
    assert texts(tree, "//*[@aria-labelledby='pass']//p")[0] == "The worker is silent."
    assert texts(tree, "//*[@aria-labelledby='pass']//code") == ["the disk is full"]
    assert texts(tree, "//*[@aria-labelledby='ledger']//dt") == ["left the folder", "rejected", "stored"]
    assert texts(tree, "//*[@aria-labelledby='refused']//td[not(time)]") == [r"x\xff\n<b>.txt", "it is empty"]
    assert texts(tree, "//*[@aria-labelledby='undated']//a") == ["Whenever"]
    assert texts(tree, "//*[@aria-labelledby='candidates']//td") == ["Kim Example", "1", "Minister of Kim Example"]
    assert texts(tree, "//*[@aria-labelledby='feeds']//td[1]")[:2] == ["Diplomacy & talks topic", "Marco Rubio actor"]
    facts = dict(
        zip(
            texts(tree, "//*[@aria-labelledby='store']//dt"),
            texts(tree, "//*[@aria-labelledby='store']//dd"),
            strict=True,
        )
    )
    assert facts["Items"] == "3"
    assert facts["Engine"].startswith("SQLite" if store.sqlite_path else "PostgreSQL")
    assert float(facts["Size"].removesuffix(" MB")) > 0


def test_feeds_have_the_names_of_the_readers_language(sqlite_store: Store) -> None:
    fill(sqlite_store)
    name_subjects(sqlite_store, [one for one in SUBJECTS if one != SEOUL], at=later(3))  # its feed stays
    tree = html.document_fromstring(client(sqlite_store).get("/status?ui=zh", headers=basic(TOKEN)).text)
    path = "//*[@aria-labelledby='feeds']//a"
    assert texts(tree, path) == ["Diplomacy & talks", "卢比奥", "Trade & tariffs", "South Korea"]
    assert tree.xpath(f"{path}/@lang") == ["en", "zh-Hans", "en", ""]


def test_an_empty_store_has_a_status(sqlite_store: Store) -> None:
    reply = client(sqlite_store).get("/status?ui=ja", headers=basic(TOKEN))
    assert reply.status_code == 200
    assert '<html lang="ja">' in reply.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_names_and_reasons_stays_text(sqlite_store: Store, payload: str) -> None:
    item, _ = fill(sqlite_store)
    add_item(sqlite_store, report(payload, published=UNDATED, source=payload), uuid=uuid_of(7), at=later(7))
    with sqlite_store.write() as conn:
        put_rows(conn, [row(payload.encode(), "rejected", payload)])
        note_candidate(conn, item.id, seen(payload[:50]))
        beat(conn, later(9), ok=False, note=payload)
    tree = html.document_fromstring(client(sqlite_store).get("/status", headers=basic(TOKEN)).text)
    assert {found.tag for found in tree.iter()} <= ELEMENTS | {"strong", "form", "button"}
    assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES | {"action", "placeholder"}
    assert texts(tree, "//*[@aria-labelledby='refused']//td[1]") == [" ".join(payload.split())]


def test_a_token_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_STATUS_TOKEN", "")
    assert load_settings().status_token is None
    for value in ("secret", "fifteen-letters", "with a space in it", "seize-lettres-é-é"):
        monkeypatch.setenv("DATELINE_STATUS_TOKEN", value)
        with pytest.raises(SettingsError, match="DATELINE_STATUS_TOKEN: it must have 16 or more") as refused:
            load_settings()
        assert value not in str(refused.value)
    monkeypatch.setenv("DATELINE_STATUS_TOKEN", TOKEN)
    assert TOKEN not in repr(load_settings())
