from __future__ import annotations

import re
from collections import Counter

from feeds.authority import subjects
from tests.authorities import shipped


def test_every_topic_and_actor_is_a_subject_topics_first() -> None:
    found = subjects(shipped())
    assert len(found) == len(shipped().topics) + len(shipped().actors)
    assert found[0].kind == "topic"
    assert [subject.kind for subject in found] == sorted((subject.kind for subject in found), reverse=True)


def test_uris_and_names_as_shown() -> None:
    found = {(subject.kind, subject.slug): subject for subject in subjects(shipped())}
    trump = found["actor", "donald-trump"]
    assert trump.uri == "https://www.wikidata.org/wiki/Q22686"
    assert trump.names["ko"][0] == "도널드 트럼프"
    assert found["actor", "marco-rubio"].family[0] == "Rubio"
    assert found["actor", "south-korea"].family == ()
    assert found["actor", "south-korea"].names["de"][:2] == ("Südkorea", "südkoreanisch")
    tariffs = found["topic", "trade-tariffs"]
    assert (tariffs.uri, tariffs.parent) == (
        "http://cv.iptc.org/newscodes/mediatopic/20000384",
        "economy-business",
    )


def test_wikidata_ids_are_well_formed_and_no_two_actors_share_one() -> None:
    ids = [actor.wikidata for actor in shipped().actors.values() if actor.wikidata]
    assert [one for one in ids if not re.fullmatch(r"Q[1-9][0-9]*", one)] == []
    assert [one for one, times in Counter(ids).items() if times > 1] == []


def test_every_country_has_its_wikidata_id() -> None:
    countries = [actor for actor in shipped().actors.values() if actor.type == "country"]
    assert [actor.slug for actor in countries if not actor.wikidata] == []
    known = {actor.iso: actor.wikidata for actor in countries}
    assert [known[code] for code in ("KR", "KP", "DK", "NL", "TL")] == ["Q884", "Q423", "Q35", "Q55", "Q574"]
