from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import pytest

from feeds.authority import load_authority
from feeds.tagging.topics import NORMAL, TopicScorer
from feeds.tagging.zones import zones
from tests.authorities import shipped, story, tagger, write

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.tagging import Story

CHEESE = """[[topic]]
slug = "cheese"
label = "Cheese"
names = { en = ["Cheese"] }
threshold = 2.0
negatives = { "cheese grater" = 5 }
[topic.phrases]
en = { "cheese" = 2, "blue cheese" = 3 }
zh = { "芝士" = 2 }
"""


@pytest.fixture
def cheese(tmp_path: Path) -> TopicScorer:
    return TopicScorer(load_authority(write(tmp_path, "topics.toml", CHEESE)))


def _points(scorer: TopicScorer, text: Story) -> dict[str, float]:
    return {points.phrase: points.points for points in scorer.points(zones(text)) if points.topic == "cheese"}


def test_points_are_weight_times_count_times_zone(cheese: TopicScorer) -> None:
    assert _points(cheese, story("x", title="Cheese!")) == {"cheese": 6.0}
    assert _points(cheese, story("x\n\nCheese and cheese")) == {"cheese": round(2 * (1 + log(2)), 3)}


def test_the_longest_phrase_wins_and_plurals_count(cheese: TopicScorer) -> None:
    assert _points(cheese, story("x", title="Blue cheeses")) == {"blue cheese": 9.0}


def test_words_and_scripts_bound_phrases(cheese: TopicScorer) -> None:
    assert _points(cheese, story("x", title="Cheesecake")) == {}
    assert _points(cheese, story("x", title="吃芝士的人")) == {"芝士": 6.0}


def test_negatives_take_points_away(cheese: TopicScorer) -> None:
    assert _points(cheese, story("x\n\nthe cheese grater"))["cheese grater"] == -5.0
    assert cheese.tags(zones(story("x\n\ncheese, cheese, a cheese grater")), frozenset()) == ()


def test_long_texts_count_less(cheese: TopicScorer) -> None:
    text = story("x", title="cheese")
    long = story("x " * NORMAL, title="cheese")
    assert _points(cheese, long)["cheese"] < _points(cheese, text)["cheese"]


def test_a_topic_may_require_actors() -> None:
    text = zones(story("x", title="Martial law and impeachment"))
    scorer = TopicScorer(shipped())
    assert [tag.slug for tag in scorer.tags(text, frozenset({"south-korea"}))] == ["martial-law"]
    assert scorer.tags(text, frozenset({"united-states"})) == ()


def test_one_light_phrase_is_no_topic(cheese: TopicScorer) -> None:
    assert cheese.tags(zones(story("x", title="Cheese")), frozenset()) == ()
    assert [tag.slug for tag in cheese.tags(zones(story("x", title="Blue cheese")), frozenset())] == ["cheese"]
    assert [tag.slug for tag in cheese.tags(zones(story("芝士", title="Cheese")), frozenset())] == ["cheese"]


def test_a_general_topic_gives_way_to_narrower_ones(tmp_path: Path) -> None:
    general = CHEESE.replace('slug = "cheese"', 'slug = "food"\ngeneral = true').replace("cheese", "soup")
    scorer = TopicScorer(load_authority(write(tmp_path, "topics.toml", CHEESE + general)))
    both = scorer.tags(zones(story("x", title="Blue soup, blue cheese")), frozenset())
    assert [tag.slug for tag in both] == ["cheese"]
    mostly = scorer.tags(zones(story("x\n\nblue cheese", title="Blue soup")), frozenset())
    assert [tag.slug for tag in mostly] == ["food", "cheese"]


def test_a_topic_whose_actors_are_principal_comes_before_that_there_were_talks() -> None:
    text = zones(story("Both spoke of the ironclad U.S.-ROK alliance.", title="Readout of bilateral talks with Seoul"))
    scorer, both = TopicScorer(shipped()), frozenset({"south-korea", "united-states"})
    assert [(tag.slug, tag.salience) for tag in scorer.tags(text, both)] == [
        ("us-rok-alliance", 1.0),
        ("diplomacy-talks", 0.84),
    ]
    assert [tag.salience for tag in scorer.tags(text, both, tuple(both))] == [1.0, 0.672]


def test_a_topic_between_two_principal_actors_needs_fewer_words() -> None:
    text = zones(story("The two sides spoke by phone.", title="Seoul and Washington"))
    scorer, both = TopicScorer(shipped()), frozenset({"south-korea", "united-states"})
    few = zones(story("x", title="韩美通话"))
    assert "us-rok-alliance" not in {tag.slug for tag in scorer.tags(few, both)}
    assert "us-rok-alliance" in {tag.slug for tag in scorer.tags(few, both, tuple(both))}
    assert "us-rok-alliance" in {tag.slug for tag in scorer.tags(text, both, tuple(both))}


def test_a_long_phrase_of_one_topic_leaves_the_short_ones_of_others(tmp_path: Path) -> None:
    mould = CHEESE.replace('slug = "cheese"', 'slug = "mould"').replace(
        '"cheese" = 2, "blue cheese" = 3', '"blue" = 2.5'
    )
    scorer = TopicScorer(load_authority(write(tmp_path, "topics.toml", CHEESE + mould)))
    tags = scorer.tags(zones(story("x", title="Blue cheese")), frozenset())
    assert [tag.slug for tag in tags] == ["cheese", "mould"]


def test_a_phrase_without_weight_keeps_a_shorter_one_from_counting(tmp_path: Path) -> None:
    text = CHEESE.replace('"cheese" = 2,', '"cheese" = 3, "cheese plant" = 0,')
    scorer = TopicScorer(load_authority(write(tmp_path, "topics.toml", text)))
    assert scorer.tags(zones(story("x", title="A cheese plant")), frozenset()) == ()
    assert [tag.slug for tag in scorer.tags(zones(story("x", title="A cheese")), frozenset())] == ["cheese"]


def test_what_a_story_discusses_stands_beside_a_much_stronger_topic() -> None:
    ships = "The shipyard and its shipbuilders: shipbuilding, drydock after drydock. "
    trade = "Tariffs come up, and so do the trade deficit and customs duties. "
    scorer = TopicScorer(shipped())
    short = scorer.tags(zones(story(ships + "\n\n" + trade, title="Shipbuilding at a shipyard")), frozenset())
    assert [tag.slug for tag in short] == ["shipbuilding", "trade-tariffs"]
    passing = scorer.tags(zones(story(ships + "\n\n" + trade[:15], title="Shipbuilding at a shipyard")), frozenset())
    assert [tag.slug for tag in passing] == ["shipbuilding"]


def test_politics_in_other_places_yield_to_those_of_korea() -> None:
    party = "국민의힘과 더불어민주당은 인사청문회 일정을 정했다."
    here = story(party + " 연립정부, 총리 지명 이야기도 나왔다.", title="한국 국회 여야")
    assert "politics-other" not in {tag.slug for tag in tagger().tag(here)}
    assert "south-korean-politics" in {tag.slug for tag in tagger().tag(here)}
    there = story("They form a government after coalition talks.", title="Snap election in Denmark")
    assert "politics-other" in {tag.slug for tag in tagger().tag(there)}


def test_politics_in_other_places_stay_where_those_of_america_are_only_touched() -> None:
    touched = "The Danish government lost its vote. In Washington, Trump and the Republican Party look to the midterms."
    found = {tag.slug for tag in tagger().tag(story(touched, title="Danish coalition collapses, snap election set"))}
    assert "politics-other" in found


# Words that hold a phrase and mean something else.
@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("报名者其中超过半数是学生", "sport"),
        ("中国足够大的市场", "sport"),
        ("新生以军事训练开学", "middle-east"),
        ("局长任命案获得通过", "crime-justice"),
        ("福建交通新枢纽启用", "diplomacy-talks"),
        ("演员承认出轨", "disaster-accident"),
        ("丢失事件仍在调查", "disaster-accident"),
        ("新剧大火带动旅游", "disaster-accident"),
        ("夜间施工时间缩短,地铁增加班次", "labour"),
        ("广州南沙区新校开学", "taiwan-south-china-sea"),
        ("太空人队连胜", "space"),
        ("明年预算力度不减", "semiconductors-ai"),
        ("家电价格与食用油价格回落", "energy-climate"),
        ("双方审核协议", "nuclear-weapons"),
        ("有人质疑两党冲突", "conflict-terror"),
        ("烟台铁路博物馆开放", "transport"),
        ("それはしかし難しい", "health"),
        ("韓国軍が過激派を語る", "conflict-terror"),
        ("国交省の橋を外相も見学", "diplomacy-talks"),
        ("まちの中核施設を整備", "nuclear-weapons"),
        ("天文学の映画講座", "arts-entertainment"),
        ("북한, 미상 발사체 발사", "space"),
        ("을지로 새 단장", "defence-deterrence"),
        ("강진군 꽃 축제", "disaster-accident"),
        ("유가족, 석유 탱크 사고 뒤 모임", "energy-climate"),
        ("인사 논란으로 홍역을 치르다", "health"),
        ("배우 연정훈 새 드라마", "politics-other"),
        ("직원 사기 진작, 불법 야근 없앤다", "crime-justice"),
        ("US open to talks, hopes to win over allies", "sport"),
        ("An avalanche of complaints at the bank", "disaster-accident"),
        ("Oil cartel sets its output", "crime-justice"),
        ("Festival jury names its winners", "crime-justice"),
        ("Farm runoff worries a majority", "politics-other"),
        ("Emmy Noether and her algebra", "arts-entertainment"),
        ("A film about a Roman road", "arts-entertainment"),
    ],
)
def test_a_phrase_within_another_word_is_no_topic(title: str, topic: str) -> None:
    assert topic not in {tag.slug for tag in tagger().tag(story("x", title=title))}


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("中超联赛开幕", "sport"),
        ("火车出轨致十人受伤", "disaster-accident"),
        ("工厂发生大火", "disaster-accident"),
        ("南沙群岛再起争端", "taiwan-south-china-sea"),
        ("劳工要求缩短工时", "labour"),
        ("国际油价大涨", "energy-climate"),
        ("はしか感染が拡大", "health"),
        ("한국형 발사체 시험", "space"),
        ("을지연습 시작", "defence-deterrence"),
        ("홍역 환자 급증", "health"),
        ("Grand jury indicts a former mayor", "crime-justice"),
        ("Chile heads to a presidential runoff", "politics-other"),
        ("Avalanche kills four skiers", "disaster-accident"),
    ],
)
def test_the_longer_phrase_still_gives_the_topic(title: str, topic: str) -> None:
    assert topic in {tag.slug for tag in tagger().tag(story("x", title=title))}


@pytest.mark.parametrize(
    ("title", "body", "given"),
    [
        ("Seoul sends envoy to Washington", "South Korea and the U.S. held talks.", True),
        ("Seoul sends envoy to Washington", "South Korea's players flew to the United States.", False),
        ("Seoul sends envoy to Tokyo", "South Korea and Japan held talks; the United States watches.", False),
    ],
)
def test_talks_between_the_two_allies_are_of_their_alliance(title: str, body: str, given: bool) -> None:
    tags = {tag.slug: tag for tag in tagger().tag(story(body, title=title))}
    assert ("us-rok-alliance" in tags) is given


def test_every_topic_says_which_words_gave_it() -> None:
    tags = tagger().tag(story("Talks on the tariffs go on.", title="New tariffs on steel"))
    (topic,) = (tag for tag in tags if tag.kind == "topic")
    assert (topic.slug, topic.salience, topic.role) == ("trade-tariffs", 1.0, "principal")
    assert [(evidence.text, evidence.zone, evidence.offset) for evidence in topic.evidence] == [("tariffs", "title", 4)]


@pytest.mark.parametrize(
    ("title", "body", "topic"),
    [
        ("Fed holds interest rates", "Trump has criticised the Federal Reserve over inflation.", "trade-tariffs"),
        ("Plane crash kills ten", "The United States and South Korea sent investigators.", "us-rok-alliance"),
        ("House impeachment inquiry opens", "Lawmakers in Washington voted.", "martial-law"),
        ("로켓포 공격", "ロケット弾が撃ち込まれた", "space"),
        ("日米韓が電話で協議", "韓国、米国、日本の高官が日米韓の連携を確認した。", "us-rok-alliance"),
        ("한미일 협의", "한국과 미국, 일본은 한미일 공조를 다졌다.", "us-rok-alliance"),
        ("정전협정 기념식", "판문점에서 정전협정 기념식이 열렸다. 정전 체제가 이어진다.", "energy-climate"),
        ("憲法裁判所が決定", "憲法裁判所は八人の裁判官で審理した。", "crime-justice"),
    ],
)
def test_topics_that_must_not_be(title: str, body: str, topic: str) -> None:
    assert topic not in {tag.slug for tag in tagger().tag(story(body, title=title)) if tag.kind == "topic"}


@pytest.mark.parametrize(
    ("title", "body", "topic"),
    [
        ("Ransomware gang leaks customer data", "The cyberattack hit a bank.", "data-protection"),
        ("Earthquake shakes the coast", "Rescuers search; the death toll rises.", "disaster-accident"),
        ("신규 감염병 백신 접종", "질병관리청은 환자가 늘었다고 밝혔다.", "health"),
        ("宇航员进入空间站", "火箭成功发射", "space"),
        ("プロ野球で優勝", "選手が試合を振り返った", "sport"),
        ("Astronauts dock", "The spacecraft reached the space station.", "space"),
        ("Teachers rally for smaller classes", "Schools closed while pupils stayed at home.", "education"),
        ("New phone folds twice", "The smartphone runs Android; the gadget costs more.", "technology"),
        ("Pear tart: a recipe", "Mix the ingredients and taste: delicious.", "lifestyle"),
        ("Rail strike ends", "The labor union won higher wages for its workers.", "labour"),
        ("법원 앞 폭설", "기상청은 기온이 떨어지고 눈이 내린다고 했다.", "weather"),
        ("초등학교 교사 부족", "교육부는 학생이 줄었다고 밝혔다.", "education"),
        ("科学家发现新化石", "研究团队在论文中写道。", "science"),
        ("地铁新线通车", "列车每三分钟一班,交通更快。", "transport"),
        ("最低賃金引き上げ", "労働組合は賃上げを歓迎した。", "labour"),
        ("Tribunal dicta sentencia", "El juez condenó al alcalde a tres años de prisión.", "crime-justice"),
        ("Séisme dans la baie", "Les secours cherchent des victimes après les inondations.", "disaster-accident"),
        ("Koalition nach der Landtagswahl", "Die Wahlbeteiligung stieg.", "politics-other"),
        ("Ракета-носитель стартовала", "Спутник выведен с космодрома.", "space"),
        ("Wabah di pesisir", "Rumah sakit menerima pasien; vaksin dikirim.", "health"),
        ("Enchente na baía", "A defesa civil procura desaparecidos depois das chuvas.", "disaster-accident"),
        ("Shuttle diplomacy returns", "The two leaders met on the sidelines of the games.", "diplomacy-talks"),
        ("Cháy ở cảng", "Vụ cháy làm ba nạn nhân bị thương.", "disaster-accident"),
        ("教皇が信者に語る", "カトリック教会の行事に集まった。", "religion"),
        ("Windräder auf See", "Erneuerbare Energien ersetzen Erdgas; das Stromnetz wächst.", "energy-climate"),
        ("山あいで列車が脱線", "土砂崩れの後、二人が行方不明になっている。", "disaster-accident"),
        ("마을 침수, 산사태도", "소방당국은 인명 피해를 확인하고 있다.", "disaster-accident"),
        ("煤矿坍塌多人被困", "救援人员进入灾区,搜救仍在进行。", "disaster-accident"),
        ("작가의 새 소설, 문학상 받아", "미술관에서 전시회도 열린다.", "arts-entertainment"),
        ("芥川賞に二作品", "小説家は詩人でもある。", "arts-entertainment"),
        ("양궁 대표팀 금메달", "결승전에서 이겼다.", "sport"),
        ("羽毛球选手夺冠", "决赛打满三局。", "sport"),
        ("デング熱と食中毒", "保健所は診療を続け、ワクチン接種を勧めた。", "health"),
        ("疟疾病例下降", "世卫组织说,接种仍是关键。", "health"),
        ("은행원 횡령 혐의로 기소", "피고인은 징역형을 선고받았다.", "crime-justice"),
        ("诈骗团伙被判刑", "检方说,被告全部认罪。", "crime-justice"),
        ("日銀が利上げ", "消費者物価と為替が焦点だ。", "economy-finance"),
        ("여야 합의로 추경", "기준금리와 가계부채, 물가상승률이 걸림돌이다.", "economy-finance"),
        ("コメの価格が高騰", "スーパーでは値上がりが続き、物価対策を求める声が出た。", "economy-finance"),
        ("恒江集团停牌", "股东会推迟,负债超过市值。", "business"),
        ("风电首超煤电", "电网公司说,碳排放在下降。", "energy-climate"),
    ],
)
def test_news_beyond_the_beat_gets_its_topic(title: str, body: str, topic: str) -> None:
    tags = [tag.slug for tag in tagger().tag(story(body, title=title)) if tag.kind == "topic"]
    assert tags[:1] == [topic]
