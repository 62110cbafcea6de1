"""Log lines: one a line, whatever a name holds."""

from __future__ import annotations

import json

import pytest
import structlog

from feeds.logs import set_up_logs, shown


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (b"plain.txt", "plain.txt"),
        (b"a\nERROR forged\r", "a\\nERROR forged\\r"),
        (b"\x1b[31mred", "\\x1b[31mred"),
        (b"bad \xff\xfe", "bad \\xff\\xfe"),
        ("한글 汉字.txt".encode(), "한글 汉字.txt"),
        ("turn\u202eround".encode(), "turn\\u202eround"),
    ],
)
def test_a_name_is_one_printable_line(name: bytes, printed: str) -> None:
    assert shown(name) == printed


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    structlog.get_logger().info("seed", name=shown(b"a\nb"), result="new")
    [line] = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["name"], told["result"], told["level"]) == ("seed", "a\\nb", "new", "info")


def test_text_lines_are_one_line_and_quiet_ones_only_warn(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text", quiet=True)
    structlog.get_logger().info("seed", name="x")
    structlog.get_logger().warning("careful", name=shown(b"a\nb"))
    [line] = capsys.readouterr().err.splitlines()
    assert "careful" in line
    assert "a\\nb" in line
