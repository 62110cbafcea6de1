from __future__ import annotations

from feeds.authority.folding import lower_case
from feeds.authority.patterns import Forms, _actor_forms, variants
from tests.authorities import shipped


def test_korean_names_in_their_usual_spellings() -> None:
    assert set(variants("Lee Jae-myung")) == {
        "Lee Jae-Myung",
        "Lee Jae Myung",
        "Lee Jaemyung",
        "Lee Jae myung",
        "Jae-myung Lee",
        "Jae-Myung Lee",
        "Jae Myung Lee",
    }


def test_other_names_stay_as_they_are() -> None:
    assert list(variants("Xi Jinping")) == []
    assert list(variants("문재인")) == []


def test_every_form_of_an_actor_has_its_pattern() -> None:
    """Patterns are made at the start, forms when they are found: one without a pattern would never be."""
    authority = shipped()
    patterns = set(Forms(authority).patterns)

    for actor in authority.actors.values():
        for form in _actor_forms(actor, {}):
            assert lower_case(form.text) in patterns


def test_what_a_pattern_may_stand_for() -> None:
    forms = Forms(shipped())
    found = forms.of(forms.patterns.index("lee"))

    assert {form.kind for form in found} == {"family"}
    assert forms.of(forms.patterns.index("lee")) is found
    assert {form.targets for form in forms.of(forms.patterns.index("lee jaemyung"))} == {("lee-jae-myung",)}
