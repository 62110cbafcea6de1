"""Selections and addresses that name an actor by another name than the slug."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.types import Subject
from tests.builders import RUBIO, SEOUL, name_subjects
from tests.web_samples import client_for

if TYPE_CHECKING:
    import pytest

    from storage.engine import Store


def test_a_family_name_finds_who_alone_bears_it(sqlite_store: Store) -> None:
    kims = [Subject("actor", slug, slug, "person", {}, family=("Kim", "김")) for slug in ("kim-a", "kim-b")]
    name_subjects(sqlite_store, [replace(RUBIO, family=("Rubio", "ルビオ")), SEOUL, *kims])
    client = client_for(sqlite_store)
    for text in ("actor:Rubio", "actor:ルビオ"):
        reply = client.get("/select.atom", query_string={"q": text})
        assert (reply.status_code, reply.headers["Location"]) == (301, "/actors/marco-rubio.atom")
    reply = client.get("/select.atom?q=actor:Rubio%20actor:south-korea")
    assert reply.headers["Location"] == "/actors/marco-rubio+south-korea.atom"
    told = client.get("/select.json", query_string={"q": "x actor:kim"})
    assert (told.status_code, told.get_json()["position"]) == (400, 8)
    assert told.get_json()["error"] == "Several actors are called “kim”: write kim-a or kim-b."
    # A page leads to the actor, though not for good; a feed's address is a slug.
    reply = client.get("/actors/Rubio?ui=ko")
    assert (reply.status_code, reply.headers["Location"]) == (302, "/actors/marco-rubio?ui=ko")
    for path in ("/actors/kim", "/actors/nobody", "/topics/Rubio", "/actors/Rubio.atom", "/actors/Rubio.atom?lang=en"):
        assert client.get(path).status_code == 404


def test_a_name_that_nobody_has_is_not_compared_with_every_other(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_subjects(sqlite_store)
    client = client_for(sqlite_store)
    compared: list[bool] = []

    def compare(*_: object) -> list[str]:
        compared.append(True)
        return []

    monkeypatch.setattr("feeds.syndication.selection_names.get_close_matches", compare)
    for path in ("/actors/nobody", "/actors/nobody?lang=en", "/actors/nobody+marco-rubio.atom"):
        assert client.get(path).status_code == 404
    assert compared == []
    assert client.get("/select.json", query_string={"q": "actor:nobody"}).status_code == 400
    assert compared == [True]
