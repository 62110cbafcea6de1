"""Days in addresses."""

from __future__ import annotations

import pytest

from feeds.reading.dates.address import dated_address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://pier.example/2025/01/02/tugs", "2025-01-02"),
        ("https://pier.example/2025/1/2/tugs", "2025-01-02"),
        ("https://pier.example/a-2025-01-02-tugs", "2025-01-02"),
        ("https://pier.example/20250102/tugs", "2025-01-02"),
        ("https://pier.example/a/202501020012.aspx", "2025-01-02"),
        ("https://pier.example/news/29-10-2025", "2025-10-29"),
        ("https://pier.example/news/10-29-2025", "2025-10-29"),
        ("https://pier.example/news/09-10-2025", ""),
        ("https://pier.example/2025/01/tugs", "2025-01-01/2025-01-31"),
        ("https://pier.example/2028064/tugs", ""),
        ("https://pier.example/202501021/tugs", ""),
        ("https://pier.example/2025/02/30/tugs", "2025-02-01/2025-02-28"),
        ("https://pier.example/777916.html", ""),
        (None, ""),
    ],
)
def test_address(url: str | None, expected: str) -> None:
    found = dated_address(url)

    assert ("/".join(dict.fromkeys((str(found.first), str(found.last)))) if found else "") == expected
