"""Names that a text gives a title and the authority does not know: proposals for a person to judge, never tags. Pure.

English ("Foreign Minister X", "X, the foreign minister"), Korean ("X 외교부 장관"), Chinese (外长X), Japanese
(X外相). Only full names are proposed: a family name alone says too little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.authority.bounds import left_free
from feeds.tagging.zones import zones
from feeds.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeds.authority import Matcher
    from feeds.tagging import Story

_LONGEST_TITLE = 60  # characters before its noun
_SENTENCE = 300  # characters of an example that are kept
_NOUNS = (
    "minister|secretary|president|chairman|chairwoman|chairperson|chair|chancellor|premier|ambassador|governor|mayor"
    "|senator|spokesman|spokeswoman|spokesperson|commissioner|director|chief executive|CEO|CFO|commander|general"
    "|admiral|envoy|representative|adviser|advisor|speaker|leader|founder|prosecutor"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’]*[a-zß-öø-ÿ](?:-[A-Za-zÀ-ÿ][a-zß-öø-ÿ]+)*"
_LINK = r"(?:de|da|del|della|der|van|von|bin|bint|al|el|ben|ibn|ten|la|le)"
_NAME = rf"{_CAPITAL}(?:\s(?:[A-Z]\.\s)?(?:{_LINK}\s)*{_CAPITAL}){{1,3}}"
_BEFORE = re.compile(rf"\b((?i:{_NOUNS}))\s({_NAME})(?![\w-])")
_WORDS_BEFORE = re.compile(r"((?:[A-Z][\w'’-]*\s(?:of\s|and\s)?){1,3})$")
_AFTER = re.compile(
    rf"(?<![\w-])({_NAME}),\s(?:(?:the|its|their|a|an|former)\s)?((?:[\w'’.-]+\s){{0,4}}?(?i:{_NOUNS}))(?=[,.]|\s(?:of|for|at|in|to)\b)"
)
# Capitalised words that end a title or begin another phrase, and are no part of a name.
_NO_NAME = frozenset(
    re.findall(
        r"\S+",
        """
    The A An He She It They But And In On At For Of To With By From Monday Tuesday Wednesday Thursday Friday Saturday
    Sunday January February March April May June July August September October November December Minister Secretary
    President Chairman General Ministry Department Office Council Committee Party House Senate Bank Group Company
    University National International State United Foreign Prime Deputy Vice Assistant Chief Former Acting Republic
    Democratic Conference Summit Association Institute Court Board Union Press World News Street Center Centre Inc
    Introducing North South East West America Partner Mindset
    """,
    )
)

_KO_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_KO_TITLES = (
    "대통령|국무총리|총리|부총리|장관|차관|외교부장|외무상|외상|국방상|대사|의원|위원장|대표"
    "|회장|사장|총재|청장|처장|원장|지사|대변인|사령관|보좌관|안보실장|비서실장|국장|본부장"
    "|행장|검찰총장|합참의장"
)
_KO = re.compile(
    rf"(?<![가-힣])([{_KO_FAMILY}][가-힣]{{2}})\s((?:[가-힣A-Z]+\s){{0,2}}?[가-힣]{{0,8}}?(?:{_KO_TITLES}))"
    r"(?=은|는|이|가|을|를|의|과|와|에게|도|[^가-힣]|$)"
)
# Syllables that end a word and no given name: a particle before a title makes the word before it no name.
_KO_NO_END = frozenset("은는을를의와과에로국부당측")

_ZH_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫"
)
_ZH_TITLES = (
    "总统|总理|首相|外长|外交部长|国防部长|防长|部长|部长官|国务卿|大使|主席|议长|市长|省长"
    "|州长|行长|发言人|代表|总裁|首席执行官|董事长|司令|将军|国家安全顾问"
)
# What may follow a Chinese name.
_ZH_NEXT = (
    "说|表示|称|指出|强调|认为|宣布|访|会|与|和|同|在|于"
    "|将|对|出|就|向|当|赴|抵|率|主|则|也|已|曾|[，。、；：）（“”\\s]|$"
)
_ZH = re.compile(
    rf"([\u4e00-\u9fff]{{0,4}}?(?:{_ZH_TITLES}))([\u4e00-\u9fff-]{{1,8}}·[\u4e00-\u9fff-]{{1,8}}?(?={_ZH_NEXT})"
    rf"|[{_ZH_FAMILY}][\u4e00-\u9fff]{{1,2}}?(?={_ZH_NEXT}))"
)
_JA_TITLES = (
    "首相|大統領|外相|国防相|防衛相|財務相|経産相|法相|国務長官|国防長官|長官|官房長官|大臣|"
    "大使|知事|市長|総裁|会長|社長|議長|党首|代表|報道官"
)
_JA = re.compile(
    rf"((?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{3,5}}|[ァ-ヺー]{{2,}}・[ァ-ヺー・]{{2,}})({_JA_TITLES})(?![\u4e00-\u9fff])"
)
_JA_NO_NAME = re.compile("[国省庁党府県市区町村会社委員次新前元各同両副駐長官務部局政]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name with a title that nobody in the authority has; `sentence` is where it stands."""

    name: str
    language: str
    title: str
    sentence: str


def propose(story: Story, matcher: Matcher) -> tuple[Proposal, ...]:
    """The unknown full names that stand beside a title in a story, each once, in order."""
    language = story.language.partition("-")[0].lower()
    found: dict[str, Proposal] = {}
    for zone in zones(story):
        known: list[tuple[int, int]] | None = None
        for name, title, start, end in _named(zone.text, language):
            if known is None:
                hits = matcher.scan(zone.text, story.language)
                known = [(hit.start, hit.end) for hit in hits if hit.kind in ("name", "role")]
            if name not in found and not any(start < last and first < end for first, last in known):
                found[name] = Proposal(name, language, title, _around(zone.text, name))
    return tuple(found.values())


def _named(text: str, language: str) -> Iterator[tuple[str, str, int, int]]:
    """Name, title, and the span of the name, by the patterns of the text's language."""
    if language == "ko":
        yield from _korean(text)
    elif language == "zh":
        yield from _spans(_ZH.finditer(text), 2, 1)
    elif language == "ja":
        yield from (each for each in _spans(_JA.finditer(text), 1, 2) if not _JA_NO_NAME.search(each[0]))
    else:
        yield from _latin(text)


def _latin(text: str) -> Iterator[tuple[str, str, int, int]]:
    for found in _BEFORE.finditer(text):
        name = _trimmed(found[2])
        if name:
            before = _WORDS_BEFORE.search(text, max(0, found.start() - _LONGEST_TITLE), found.start())
            title = (before[1] if before else "") + found[1]
            yield name, title, found.start(2), found.start(2) + len(name)
    for found in _AFTER.finditer(text):
        words = found[1].split()
        if len(words) > 1 and words[0] not in _NO_NAME and _trimmed(found[1]) == found[1]:
            yield found[1], found[2], found.start(1), found.end(1)


def _trimmed(name: str) -> str:
    """The name up to the first word that is none; nothing if that leaves a single word."""
    kept: list[str] = []
    for word in name.split():
        if word in _NO_NAME:
            break
        kept.append(word)
    return " ".join(kept) if len(kept) > 1 else ""


def _korean(text: str) -> Iterator[tuple[str, str, int, int]]:
    for name, title, start, end in _spans(_KO.finditer(text), 1, 2):
        if name[-1] not in _KO_NO_END and left_free(text, start):
            yield name, title, start, end


def _spans(found: Iterable[re.Match[str]], name: int, title: int) -> Iterator[tuple[str, str, int, int]]:
    for each in found:
        yield each[name], each[title], each.start(name), each.end(name)


def _around(text: str, name: str) -> str:
    whole = next((sentence for sentence in sentences(text) if name in sentence), name)
    return " ".join(whole.split())[:_SENTENCE]
