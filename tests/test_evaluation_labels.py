from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from feeds.errors import LabelsError
from feeds.evaluation.labels import LabelledActor, LabelledBrief, load_labels

FULL = """
{"file": "a.txt", "title": "A", "language": "zh", "published": "2025-03-14T09:30:00+00:00", "tolerance_days": 1,
 "actors": [{"name": "Japan", "type": "country", "salient": true}], "exhaustive_actors": false,
 "related_only_actors": [{"name": "China"}], "must_not_be_actor": ["Desk"], "topics": ["trade-tariffs"],
 "must_contain": ["kept"], "must_not_contain": ["gone"], "notes": "mine", "asked": 3,
 "related": [{"title_or_first_sentence": "Elsewhere", "date": "2025-03-01"}]}
"""


def everything_is_there(_name: str) -> bool:
    return True


def load(*lines: str) -> list[str]:
    return [label.file for label in load_labels("set", "\n".join(lines).encode(), everything_is_there)]


def test_a_label_is_read_with_all_that_it_asks() -> None:
    (label,) = load_labels("set", FULL.replace("\n", " ").encode(), everything_is_there)
    assert label.published == datetime(2025, 3, 14, 9, 30, tzinfo=UTC)
    assert label.actors == (LabelledActor("Japan", salient=True),)
    assert label.related_only_actors == (LabelledActor("China"),)
    assert label.related == (LabelledBrief("Elsewhere", date(2025, 3, 1)),)
    assert (label.exhaustive_actors, label.tolerance_days, label.topics) == (False, 1, ("trade-tariffs",))
    assert label.asked >= {"title", "related", "published"}
    assert "acceptable_interval" not in label.asked


def test_what_is_not_there_is_not_asked_and_null_is() -> None:
    (label,) = load_labels("set", b'{"file": "a.txt", "published": null}', everything_is_there)
    assert label.asked == {"file", "published"}
    assert label.published is None


def test_a_day_stays_a_day_and_a_range_two() -> None:
    line = b'{"file": "a.txt", "published": "2025-04-16", "acceptable_interval": "2025-01-28/2025-05-01"}'
    (label,) = load_labels("set", line, everything_is_there)
    assert type(label.published) is date
    assert label.acceptable_interval == (date(2025, 1, 28), date(2025, 5, 1))


def test_empty_lines_and_a_byte_order_mark_are_nothing() -> None:
    assert load('\ufeff{"file": "a"}', "", '{"file": "b"}\r', "") == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "set:2: this is no JSON"),
        ("[]", "set:2: a JSON object is wanted"),
        ('{"title": "A"}', "set:2: file: Field required"),
        ('{"file": "a"}', "set:2: 'a' is labelled twice"),
        ('{"file": "b", "published": "2025-13-01"}', "set:2: published: month must be in 1..12"),
        ('{"file": "b", "published": 3}', "set:2: published"),
        ('{"file": "b", "acceptable_interval": "2025-01-02"}', "set:2: acceptable_interval: '2025-01-02' is no range"),
        ('{"file": "b", "acceptable_interval": "2025-01-02/2025-01-01"}', "is no range of two days in order"),
        ('{"file": "b", "acceptable_interval": 3}', "set:2: acceptable_interval"),
        ('{"file": "b", "actors": [{"name": "A"}, {"nme": "B"}]}', "set:2: actors.1.name: Field required"),
        ('{"file": "b", "topics": "trade"}', "set:2: topics"),
        ('{"file": "b", "must_contain": [""]}', "set:2: must_contain.0"),
        ('{"file": "b", "tolerance_days": -1}', "set:2: tolerance_days"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number(line: str, words: str) -> None:
    with pytest.raises(LabelsError) as caught:
        load('{"file": "a"}', line)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_an_error_of_the_labels() -> None:
    with pytest.raises(LabelsError, match="set:1: there is no file 'a'"):
        load_labels("set", b'{"file": "a"}', lambda _name: False)


def test_other_bytes_and_an_empty_set_are_refused() -> None:
    with pytest.raises(LabelsError, match="set:2: this is not UTF-8"):
        load_labels("set", b'{"file": "a"}\n{"file": "\xff"}', everything_is_there)
    with pytest.raises(LabelsError, match="set: it holds no label"):
        load_labels("set", b"\n", everything_is_there)
