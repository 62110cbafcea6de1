"""Bytes to text, and which bytes are none."""

from __future__ import annotations

import codecs

import pytest

from feeds.errors import SeedInvalid
from feeds.reading.decode import decode

KOREAN = "외교부 장관은 오늘 서울에서 열린 회의에서 한미 동맹의 중요성을 강조했다. 회의는 두 시간 동안 이어졌다."
CHINESE = "外交部发言人在例行记者会上表示，双方将继续就贸易问题进行磋商，并扩大在关键矿产领域的合作。"
JAPANESE = "外務省は、両国の外相が東京で会談し、供給網の強化について意見を交わしたと発表した。"
WESTERN = "Le ministre a déclaré mardi que l’accord « n’est pas à vendre », a précisé la délégation européenne à Séoul."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("조용한 회담".encode(), "조용한 회담", "utf-8"),
        (codecs.BOM_UTF8 + b"talks", "talks", "utf-8"),
        ("회담 resumes".encode("utf-16"), "회담 resumes", "utf-16"),
        (codecs.BOM_UTF32_BE + "회담".encode("utf-32-be"), "회담", "utf-32"),
        (JAPANESE.encode("iso2022_jp"), JAPANESE, "iso2022_jp_2"),
        (KOREAN.encode("cp949"), KOREAN, "cp949"),
        (CHINESE.encode("gbk"), CHINESE, "gb18030"),
        (JAPANESE.encode("cp932"), JAPANESE, "cp932"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    found = decode(data)

    assert found.text == text
    assert found.encoding.lower().replace("-", "_") == encoding.replace("-", "_")
    assert not found.doubtful


def test_a_one_byte_encoding_is_a_guess() -> None:
    assert decode(WESTERN.encode("cp1252")) == (WESTERN, "cp1252", True)


def test_markup_that_names_its_encoding_is_believed() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>{WESTERN}</p>'

    assert decode(page.encode("cp1252")) == (page, "cp1252", False)


@pytest.mark.parametrize("codec", ["utf-8", "cp949", "gb18030"])
def test_a_rare_broken_byte_is_replaced_and_told(codec: str) -> None:
    text = CHINESE if codec == "gb18030" else KOREAN
    data = "\n".join([text] * 20).encode(codec)

    found = decode(data[:600] + b"\xff" + data[600:])

    assert (found.encoding, found.doubtful) == (codec, True)
    assert found.text.endswith(text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "the file is empty"),
        ("\u3000\u200b\n".encode(), "only white space"),
        (b"The talks\x00go on", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 30, "binary"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(SeedInvalid, match=reason):
        decode(data)
