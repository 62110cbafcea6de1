from __future__ import annotations

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
    assert found["actor", "south-korea"].names["de"][:2] == ("Südkorea", "südkoreanisch")
    tariffs = found["topic", "trade-tariffs"]
    assert (tariffs.uri, tariffs.parent) == (
        "http://cv.iptc.org/newscodes/mediatopic/20000384",
        "economy-business",
    )
