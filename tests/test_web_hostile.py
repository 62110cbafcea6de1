"""Markup and addresses in whatever comes in by an article or the authority stay text, on every page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from storage.groups import assign
from storage.items import retract_item
from storage.ledger import Origin, put_origins
from storage.log import take_out
from storage.state import tick
from storage.types import EventDate, Evidence, Role, Subject, Tag
from tests.builders import add_item, change_item, later, name_subjects, report, uuid_of
from tests.web_samples import client_for

if TYPE_CHECKING:
    from storage.engine import Store
    from storage.types import Report

ITEM = f"/items/{uuid_of(1)}"
# Everything that a page of ours may consist of; an element or attribute beyond these came in with somebody's text.
ELEMENTS = set(
    "html head meta title link body a header nav main footer p h1 h2 h3 div section aside article ul ol li dl dt dd "  # noqa: SIM905
    "code q span time mark del ins details summary label input table caption thead tbody tr th td svg path circle "
    "rect form button".split()
)
ATTRIBUTES = set(
    "lang dir class id href hreflang rel type title charset name content media datetime role tabindex for aria-label "  # noqa: SIM905
    "aria-labelledby aria-current aria-hidden readonly value scope viewbox preserveaspectratio width height x y d fill "
    "stroke stroke-width stroke-linejoin cx cy r action method placeholder maxlength autocomplete".split()
)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "</title></style></textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    '<a href="javascript:alert(1)">x</a>',
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
)
PAGES = (
    "/",
    "/?ui=ko",
    "/latest",
    "/latest/months/2026-02",
    "/topics",
    "/actors",
    "/topics/hostile",
    "/actors/hostile",
    "/actors?name=hostile",
    "/actors/hostile/months/2026-02",
    ITEM,
    f"{ITEM}?ui=zh",
    f"/items/{uuid_of(3)}",
    "/nowhere",
)


def hostile(payload: str) -> Report:
    """A report with the payload in every field that text can come in by."""
    words = (Evidence(payload, payload, 0, payload), Evidence(payload, "title", 0, payload))
    dated = report().published
    return report(
        payload,
        summary=payload,
        body=f"{payload}\n\n{payload}",
        url=payload,
        source=payload,
        authors=(payload, payload),
        notes=(payload,),
        language=payload[:35],
        published=type(dated)("day", "text", first=dated.first, last=dated.last, evidence=words, conflicts=(payload,)),
        tags=(Tag("topic", "hostile", "principal", 1, words), Tag("actor", "hostile", "mentioned", 1, words)),
        events=(EventDate(date(2026, 2, 3), date(2026, 2, 4), payload, None, words),),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_field_stays_text(sqlite_store: Store, payload: str) -> None:
    names = {payload: (payload,), "en": (payload,), "ko": (payload,)}
    roles = (Role({"en": payload, "ko": payload, payload: payload}, "hostile", date(2025, 1, 1), None),)
    name_subjects(
        sqlite_store,
        [
            Subject("topic", "hostile", payload, "topic", names, payload, payload),
            Subject("actor", "hostile", payload, payload[:16], names, payload, None, roles),
        ],
    )
    first = add_item(sqlite_store, hostile(f"{payload} was"), uuid=uuid_of(1))
    change_item(sqlite_store, first, hostile(payload), at=later(1))
    second = add_item(sqlite_store, hostile(payload), uuid=uuid_of(2), at=later(2))
    gone = add_item(sqlite_store, hostile(payload), uuid=uuid_of(3), at=later(3))
    with sqlite_store.write() as conn:
        put_origins(conn, payload.encode(), [Origin(payload.encode(), 0, "0" * 64, 1, current=True)])
        assign(conn, [first.id, second.id], [])
        retract_item(conn, gone.id, payload, tick(conn, later(4)))
        take_out(conn, gone.id, later(4))
    client = client_for(sqlite_store, title=payload)
    for path in PAGES:
        tree: Any = html.document_fromstring(client.get(path).data.decode())
        assert {found.tag for found in tree.iter()} <= ELEMENTS, path  # a comment would be no name at all
        assert {name for found in tree.iter() for name in found.attrib} <= ATTRIBUTES
        assert not [href for href in tree.xpath("//@href") if not href.startswith(("/", "https://", "#"))]
        assert payload in tree.findtext(".//title")
    title: Any = html.document_fromstring(client.get(ITEM).data.decode())
    assert " ".join(title.xpath("string(//h1)").split()) == " ".join(payload.split())
