from __future__ import annotations

from feeds.authority.countries import country_actor
from feeds.authority.model import Country
from tests.authorities import shipped


def test_names_come_from_cldr_in_every_language() -> None:
    names = country_actor("NO", Country()).names
    assert (names["en"][0], names["ko"][0], names["zh"][0], names["ja"][0], names["de"][0]) == (
        "Norway",
        "노르웨이",
        "挪威",
        "ノルウェー",
        "Norwegen",
    )


def test_a_row_puts_its_own_label_and_names_beside_them() -> None:
    actor = country_actor("HK", Country(label="Hong Kong", names={"en": ("HKSAR",)}))
    assert (actor.slug, actor.label, actor.names["en"]) == ("hong-kong", "Hong Kong", ("Hong Kong", "HKSAR"))


def test_every_sovereign_state_of_the_g20_is_there() -> None:
    known = {actor.iso: actor.slug for actor in shipped().actors.values() if actor.iso}
    assert [known[code] for code in ("AR", "AU", "BR", "CA", "CN", "FR", "DE", "IN", "ID", "IT")] == [
        "argentina",
        "australia",
        "brazil",
        "canada",
        "china",
        "france",
        "germany",
        "india",
        "indonesia",
        "italy",
    ]
    assert [known[code] for code in ("JP", "MX", "RU", "SA", "ZA", "KR", "KP", "TR", "GB", "US")] == [
        "japan",
        "mexico",
        "russia",
        "saudi-arabia",
        "south-africa",
        "south-korea",
        "north-korea",
        "turkey",
        "united-kingdom",
        "united-states",
    ]
