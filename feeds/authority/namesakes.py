"""Tell that a Korean name is borne by somebody else: an actress, a skater, the reporter, a longer given name.

Korean names are few and borne by many; a minister shares his with singers and with the man who took the picture.
"""

from __future__ import annotations

import re

from feeds.authority.surnames import headline_at, no_name

_WORK = (
    r"(?:actor|actress|singer|rapper|idol|dancer|model|comedian|musician|pianist|violinist|cellist|conductor|composer"
    r"|soprano|novelist|poet|painter|artist|chef|designer|film director|filmmaker|(?:record )?producer|youtuber"
    r"|(?:\w+ )?skater|swimmer|golfer|archer|fencer|wrestler|boxer|judoka|gymnast|runner|sprinter|striker|forward"
    r"|midfielder|defender|goalkeeper|winger|pitcher|catcher|infielder|outfielder|shortstop|batter|slugger|footballer"
    r"|player|athlete|olympian|gamer|coach|reporter|correspondent|photographer|journalist|columnist|translator|intern"
    r"|student|professor|doctor|dentist)"
)
_BEFORE = re.compile(
    rf"(?:\b{_WORK}\s|\b(?:photos?|story|text|words|graphics?|video|written|translated|edited|reporting)\sby\s"
    r"|(?:배우|가수|래퍼|아이돌|모델|코미디언|개그맨|개그우먼|방송인|피아니스트|작곡가|소설가|시인|화가|셰프|선수|감독|투수|포수|공격수"
    r"|수비수|미드필더|골키퍼|유튜버|아나운서|앵커|교수|기자|특파원)\s?|(?:사진|글|번역|취재|편집|영상|그래픽|기자)\s?[=:·]\s?"
    r"|(?:演员|歌手|选手|导演|球员|主持人|记者|摄影|摄|翻译|编辑)[::]?\s?|(?:俳優|女優|歌手|監督|選手|記者|撮影)[・=の]?)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:,\s(?:\d\d,\s)?(?:an?|the)\s(?:[\w-]+\s){{0,3}}{_WORK}\b|\s?\((?:\w+\s)?{_WORK}\)"
    r"|\s?(?:기자|특파원|선수|배우|감독|작가|앵커|아나운서|교수|PD)(?![가-힣]*(?:장관|대통령|총리))|(?:记者|选手|导演|演员|摄)|(?:選手|監督|記者|撮影))",
    re.IGNORECASE,
)
_MORE = re.compile(r"-(?!(?:led|era|style|type|like|run|friendly|\w+ed|\w+ing)\b)[a-z]{2,6}\b|\s([A-Z][a-z]{1,5})\b")
_WIDEST = 40  # characters before a name that are looked at


def namesake(text: str, start: int, end: int) -> bool:
    """Whether the words around `text[start:end]` give it a trade that no politician has."""
    return bool(_BEFORE.search(text, max(0, start - _WIDEST), start) or _AFTER.match(text, end))


def longer(text: str, end: int) -> bool:
    """Whether a given name of one syllable that ends at `end` goes on: Park Jin-young is not Park Jin."""
    more = _MORE.match(text, end)
    if more is None:
        return False
    return more[1] is None or not (no_name(more[1]) or headline_at(text, end))
