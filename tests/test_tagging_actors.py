from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feeds.authority.folding import fold
from storage.types import Evidence, Tag
from tests.authorities import actors, shipped, story, tagger

CASES = tomllib.loads((Path(__file__).parent / "corpus/tagging/traps.toml").read_text("utf-8"))["case"]
RESEARCHED = Path(__file__).parents[2] / "shared/authority/resolve_tests.json"


def _tags(body: str, day: str = "", **zones: str) -> dict[str, Tag]:
    tags = tagger().tag(story(body, day, **zones))
    return {tag.slug: tag for tag in tags if tag.kind == "actor"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:40])
def test_traps(case: dict[str, Any]) -> None:
    day = case["date"].isoformat() if isinstance(case.get("date"), date) else ""
    assert actors(case["text"], day, language=case.get("language", "und")) == set(case["actors"])


def test_the_researched_cases() -> None:
    if not RESEARCHED.is_file():
        pytest.skip(f"{RESEARCHED.name} is not beside the project")
    wrong = {}
    for text, labels in json.loads(RESEARCHED.read_text("utf-8")):
        day = re.search(r"\((\d{4}-\d\d-\d\d)\)", text)
        found = {shipped().actors[slug].label for slug in actors(text, day[1] if day else "")}
        if found != set(labels):
            wrong[text] = found
    assert wrong == {}


def test_a_family_name_goes_to_the_person_named_in_full() -> None:
    tags = _tags("Cho Hyun flew out.\n\nCho landed.\n\nThe plane left without Cho.")
    assert [evidence.text for evidence in tags["cho-hyun"].evidence] == ["Cho Hyun", "Cho", "Cho"]


def test_a_family_name_of_two_people_goes_to_neither() -> None:
    tags = _tags("Cho Hyun met Cho Tae-yul.\n\nCho spoke.")
    assert [len(tags[slug].evidence) for slug in ("cho-hyun", "cho-tae-yul")] == [1, 1]


def test_a_stranger_of_the_family_takes_it_away() -> None:
    tags = _tags("Cho Hyun met the singer Cho Min-ho.\n\nCho sang.")
    assert len(tags["cho-hyun"].evidence) == 1


def test_a_headline_may_name_whom_the_body_names_in_full() -> None:
    tags = _tags("Kang Kyung-wha spoke.", title="Kang vows closer ties")
    assert tags["kang-kyung-wha"].role == "principal"
    assert tags["kang-kyung-wha"].evidence[0] == Evidence("Kang", "title", 0, "family name of a person named in full")


def test_salience_and_role() -> None:
    tags = _tags(
        "Cho Hyun arrived.\n\nCho met officials. Japan watched.",
        title="Cho Hyun in Washington",
        summary="Cho Hyun came.",
    )
    assert {slug: (tag.salience, tag.role) for slug, tag in tags.items()} == {
        "cho-hyun": (1.0, "principal"),
        "united-states": (0.429, "principal"),
        "japan": (0.143, "mentioned"),
    }


def test_actors_come_by_salience_then_slug() -> None:
    assert list(_tags("Japan and China and France. France.")) == ["france", "china", "japan"]


def test_evidence_is_capped_and_counts_into_its_zone() -> None:
    body = "臺灣 " * 9
    tag = _tags(body)["taiwan"]
    assert [evidence.offset for evidence in tag.evidence] == [0, 3, 6, 9, 12]
    assert fold(tag.evidence[0].text).text == "台湾"


def test_the_country_of_the_office_where_none_is_named() -> None:
    tags = _tags("岸田総理は会見で述べた。", "2023-11-02", title="岸田総理が会見", language="ja")
    assert tags["japan"].evidence[0].rule == "country of the office"


def test_a_report_that_names_no_country_is_of_the_one_of_its_people() -> None:
    rain, more = "장마로 다리가 잠겼다.\n\n", "윤석열 대통령은 복구를 지시했다."
    assert actors(rain + more, "2022-08-09", language="ko") == {"yoon-suk-yeol", "south-korea"}
    assert actors(more, "2022-08-09", language="ko") == {"yoon-suk-yeol"}
    two = rain + more + " 기시다 총리도 위로했다."
    assert actors(two, "2022-08-09", language="ko") == {"yoon-suk-yeol", "fumio-kishida"}
    assert actors(rain + "이재용 회장이 다녀갔다.", "2022-08-09", language="ko") == {"lee-jae-yong"}


def test_the_country_of_a_minister_where_only_others_are_named() -> None:
    text = "조현 외교부 장관은 미국에 유감을 전했다. 조 장관은 곧 워싱턴으로 간다."
    tags = _tags(text, "2025-09-05", title="조현 장관 회의", language="ko")
    assert tags["south-korea"].role == "principal"
    assert tags["south-korea"].evidence[0].rule == "country of the office"


def test_the_same_story_gives_the_same_tags() -> None:
    text = story("Marco Rubio met Cho Hyun in Seoul; Japan and China watched.", "2026-02-03")
    assert tagger().tag(text) == tagger().tag(text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("North Korea's Ministry of State Security held two men", "en", {"north-korea"}),
        ("Vietnam's Ministry of Public Security held two men", "en", {"vietnam"}),
        ("China's Ministry of Public Security held two men", "en", {"china", "mps-cn"}),
        ("Nigeria's National Bureau of Statistics counted again", "en", {"nigeria"}),
        ("Morocco's Justice and Development Party lost", "en", {"morocco"}),
        ("the Seoul Metropolitan Police searched a flat", "en", {"south-korea"}),
        ("Africa CDC counted ten cases", "en", set()),
        ("Taiwan CDC counted ten cases", "en", {"taiwan"}),
        ("Japan signed an Economic Partnership Agreement (EPA)", "en", {"japan"}),
        ("the Royal Swedish Academy of Sciences chose", "en", {"sweden"}),
        ("Japan's Labor Department counted jobs", "en", {"japan"}),
        ("Prince William County drew a new map", "en", set()),
        ("Ms. Moody's garden is open", "en", set()),
        ("Rubio's aides head to Japan Today", "en", {"japan"}),
        ("미국 교육부가 밝혔다", "ko", {"united-states", "education-us"}),
        ("미국 기상청이 밝혔다", "ko", {"united-states"}),
        ("도쿄 소방청이 밝혔다", "ko", {"japan"}),
        ("베를린 경찰청이 밝혔다", "ko", set()),
        ("대만 금융위원회가 밝혔다", "ko", {"taiwan"}),
        ("그 산은 높다", "ko", set()),
        ("스웨덴 왕립 한림원이 밝혔다", "ko", {"sweden"}),
        ("일본 자유민주당 총재 선거", "ko", {"japan", "ldp-jp"}),
        ("英法務省が発表した", "ja", set()),
        ("ベトナム環境省が発表した", "ja", {"vietnam"}),
        ("マチャドとモラレスが本塁打", "ja", set()),
        ("他信心十足,在泰国", "zh", {"thailand"}),
        ("他博通古今,也懂芯片", "zh", set()),
        ("烟台铁路,台湾", "zh", {"taiwan"}),
        ("越南公安部通报", "zh", {"vietnam"}),
        ("韩国国家统计局通报", "zh", {"south-korea"}),
        ("俄罗斯国家航天局通报", "zh", {"russia"}),
        ("学校以军事训练开学", "zh", set()),
    ],
)
def test_a_body_of_another_country_or_another_word_is_not_named(text: str, language: str, expected: set[str]) -> None:
    assert actors(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("교육부는 새 교과서를 내놓았다", "ko", "moe-kr"),
        ("경찰청은 수사관을 늘린다", "ko", "npa-kr"),
        ("산업은행은 지분을 판다", "ko", "kdb-kr"),
        ("法務省が発表した", "ja", "moj-jp"),
        ("環境省が発表した", "ja", "env-jp"),
        ("公安部通报", "zh", "mps-cn"),
        ("泰国前总理他信出狱", "zh", "thaksin-shinawatra"),
        ("芯片公司博通发布财报", "zh", "broadcom"),
    ],
)
def test_at_home_the_bare_word_names_the_body(text: str, language: str, expected: str) -> None:
    assert expected in actors(text, language=language)
