from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.authorities import actors, shipped

if TYPE_CHECKING:
    from feeds.authority.model import Exempt, Generic, Rule, Shared


def _found(text: str) -> set[str]:
    return {slug for hit in shipped().matcher.scan(text) if hit.kind == "name" for slug in hit.targets}


def test_offsets_are_those_of_the_text_itself() -> None:
    text = "①臺灣與“南韓”：ﾄﾗﾝﾌﾟ大統領"
    hits = shipped().matcher.scan(text)
    assert [(hit.targets, text[hit.start : hit.end]) for hit in hits] == [
        (("taiwan",), "臺灣"),
        (("south-korea",), "南韓"),
        (("donald-trump",), "ﾄﾗﾝﾌﾟ"),
    ]


def test_names_run_over_a_wrapped_line() -> None:
    assert _found("with the Nuclear Consultative\nGroup") == {"ncg"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("美国国防部长奥斯汀访问首尔", ["united-states", "lloyd-austin", "south-korea"]),
        ("美國國防部長奧斯汀訪問首爾", ["united-states", "lloyd-austin", "south-korea"]),
        ("俄罗斯外交部长拉夫罗夫", ["russia", "sergei-lavrov"]),
        ("美国国防部说", ["dod-us"]),
    ],
)
def test_the_title_of_a_minister_in_chinese_does_not_name_the_ministry(text: str, found: list[str]) -> None:
    assert [hit.targets[0] for hit in shipped().matcher.scan(text, "zh")] == found


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("Secretary Antony J. Blinken", "en", "antony-blinken"),
        ("澤倫斯基", "zh", "volodymyr-zelensky"),
        ("встреча с Путиным", "ru", "vladimir-putin"),
        ("التقى وزير الخارجية بفرنسا", "ar", "france"),
        ("le président sud-coréen", "fr", "south-korea"),
        ("el presidente estadounidense", "es", "united-states"),
        ("die britische Regierung", "de", "united-kingdom"),
    ],
)
def test_names_beyond_the_four_languages(text: str, language: str, slug: str) -> None:
    assert slug in {target for hit in shipped().matcher.scan(text, language) for target in hit.targets}


def test_names_in_other_languages_need_a_text_in_them() -> None:
    matcher = shipped().matcher
    assert [hit.targets for hit in matcher.scan("Corée du Sud", "fr")] == [("south-korea",)]
    assert matcher.scan("Corée du Sud", "en") == ()


@pytest.mark.parametrize("shared", shipped().shared, ids=lambda shared: shared.forms[0])
def test_a_shared_name_tags_all_its_actors(shared: Shared) -> None:
    assert set(shared.actors) <= _found(shared.example)
    assert all(set(shared.actors) <= _found(form) for form in shared.forms)


@pytest.mark.parametrize("rule", shipped().rules, ids=lambda rule: rule.names[0])
def test_a_rule_refuses_its_example_and_accepts_the_other(rule: Rule) -> None:
    owners = {
        slug
        for slug, actor in shipped().actors.items()
        if {form for forms in actor.names.values() for form in forms} & set(rule.names)
    }
    owners |= {slug for shared in shipped().shared if set(shared.forms) & set(rule.names) for slug in shared.actors}
    assert owners
    assert not owners & actors(rule.example)
    assert owners & actors(rule.accepts)


@pytest.mark.parametrize("exempt", shipped().exempt, ids=lambda exempt: exempt.forms[0])
def test_an_exempt_phrase_names_nobody(exempt: Exempt) -> None:
    assert any(form in exempt.example for form in exempt.forms)
    assert actors(exempt.example) == set()
    assert {form: _found(form) for form in exempt.forms if _found(form)} == {}


@pytest.mark.parametrize("generic", shipped().generics, ids=lambda generic: generic.generic)
def test_a_generic_name_finds_its_government(generic: Generic) -> None:
    assert generic.gives in actors(generic.example, language="en")


def test_a_question_in_capitals_is_no_body() -> None:
    assert actors("WHO IS THE FRONT-RUNNER? The poll is near.") == set()
    assert actors("The WHO spoke. NOW WHAT?") == {"who"}


def test_a_short_korean_name_of_a_body_is_not_the_beginning_of_another_word() -> None:
    assert actors("배우 한은정은 롯데리아에서 일했다.", language="ko") == set()
    assert actors("한은이 금리를 내렸다. 롯데그룹과 한은 총재가 만났다.", language="ko") >= {"bok", "lotte"}
