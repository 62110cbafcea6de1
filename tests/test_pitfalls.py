"""Forty-five pitfalls that feed servers have fallen into, and the tests that keep us out, or why none is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# Number, what goes wrong, and `module: tests` or the reason why there is none.
PITFALLS = {
    1: ("control characters make a feed unreadable", "syndication_roundtrip: no_code_point_breaks_anything"),
    2: ("]]> ends a CDATA section", "syndication_roundtrip: hard_texts_come_through"),
    3: ("titles are escaped twice or not at all", "syndication_roundtrip: hard_texts_come_through"),
    4: (
        "ids change with address, title, slug, tag or rebuild",
        ("syndication_build: moving_the_server_changes_no_id; readers: "
        "nothing_is_doubled_by_revision_rename_retag_another_address_and_a_restart; ingest_run: "
        "re_reading_all_seeds_gives_the_same_guids_and_reports; ingest_put: "
        "a_corrected_seed_revises_its_item_under_the_same_guid"),
    ),
    5: (
        "different items share an id",
        ("ingest_put: two_seeds_that_claim_one_id_with_unlike_text_are_two_items_and_a_note; syndication_build: "
        "entries_keep_the_order_of_the_window_and_no_id_comes_twice"),
    ),
    6: ("a guid that is no address claims to be a permalink", "syndication_rss: an_item_says_everything"),
    7: ("all feeds of a site share one id", "syndication_build: ids_of_feeds_are_permanent_and_distinct"),
    8: ("a feed differs at each request", "web_feeds: polls_are_byte_identical_in_time_and_between_workers"),
    9: (
        "304 after a real change",
        ("web_feeds: a_change_shows_in_its_feeds_and_leaves_the_others_at_304, "
        "last_modified_is_held_back_while_the_second_is_not_over, who_sends_a_date_alone_is_told_of_other_settings; "
        "polling: every_rule_is_needed"),
    ),
    10: ("200 although nothing changed", "web_feeds: a_change_shows_in_its_feeds_and_leaves_the_others_at_304"),
    11: ("tags rewritten by compression never match", "web_conditional: matching_tags"),
    12: ("dates and tags contradict each other", "web_conditional: which_header_decides"),
    13: ("a 304 with a body or without its headers", "web_feeds: a_validator_gives_304_with_its_headers_and_no_body"),
    14: ("HEAD differs from GET", "web_feeds: head_is_get_without_the_body"),
    15: ("cookies on feeds", "web_app: every_status_carries_the_same_protection_and_no_cookie"),
    16: (
        "a feed's own address is wrong behind a proxy",
        ("web_feeds: link_headers_name_the_feed_itself_as_the_document_does; web_app: "
        "absolute_urls_come_from_the_setting, no_header_of_a_request_shows_in_an_answer"),
    ),
    17: ("relative links and images", "entries hold plain text and our own links, all absolute"),
    18: (
        "dates in the words of a locale, without zone, or off by one",
        ("syndication_feedgen_fixes: rss_dates_leave_the_locale_alone; "
        "syndication_dates: rss_dates_are_english_and_in_utc"),
    ),
    19: ("what has no date is of today", "syndication_build: an_inexact_date_is_the_first_paragraph"),
    20: (
        "two entries of one time, or without an author",
        "syndication_atom: updates_a_microsecond_apart_stay_apart, the_feed_names_itself_its_page_and_an_author",
    ),
    21: ("dates in the future", "ingest_put: a_published_time_ahead_is_shown_as_first_seen"),
    22: ("an import floods or shifts a feed", "polling: nothing_is_missed_in_a_month"),
    23: ("names of other scripts break addresses", "web_feeds: slugs_in_other_scripts_work_raw_and_percent_encoded"),
    24: ("encodings of files", "reading_decode: encodings, markup_that_names_its_encoding_is_believed"),
    25: ("Chinese names of two characters are not found", "web_select: chinese_and_korean_names_are_found"),
    26: (
        "an empty result is an error",
        ("web_feeds: known_but_empty_is_a_valid_feed_and_unknown_is_404; web_select: "
        "an_empty_selection_is_a_valid_feed_that_does_not_change"),
    ),
    27: (
        "unknown parameters fragment caches",
        "web_feeds: a_second_poll_reads_no_item_again; web_select: unknown_parameters_and_encodings_change_nothing",
    ),
    28: ("patterns of strangers hang the server", "web_select: words_are_words_and_never_patterns"),
    29: ("scripts in titles and names", "hostile_texts: no_script_survives_in_any_field"),
    30: ("authors without e-mail, enclosures without length", "syndication_feedgen_fixes: an_author_needs_no_address"),
    31: ("media types", "web_feeds: every_feed_in_every_format"),
    32: ("outlines without type", "syndication_opml: every_feed_is_in_the_folder_of_its_kind"),
    33: ("JSON Feed that is none", "syndication_jsonfeed: every_feed_fits_the_schema"),
    34: (
        "calendar UIDs that change, ends that are wrong, only recent events",
        ("storage_eventkeys: what_stays_keeps_its_key_and_sequence_wherever_it_stands; syndication_calendar: "
        "days_end_with_the_last_and_times_are_in_utc; web_feeds: "
        "a_calendar_holds_what_is_to_come_however_long_ago_it_was_announced"),
    ),
    35: ("hubs that rot", "there is no hub: the design leaves pushing out, polling is cheap and exact"),
    36: ("deltas for those who did not ask", "there are no deltas (226): clients that advertise them fail on them"),
    37: ("archives that shift", "web_history: an_archive_stays_the_same_while_the_feed_goes_on"),
    38: ("readers see the first feed of a page only", "web_pages: an_actor_page_names_it_and_offers_its_feeds"),
    39: (
        "half a file is read",
        ("ingest_run: a_settled_file_needs_two_looks_a_second_apart; "
        "serve: a_file_that_is_being_written_is_never_seen_half"),
    ),
    40: (
        "two workers read at once",
        "storage_lock: a_second_worker_is_told_to_wait; schedule: passes_never_overlap_however_long_they_take",
    ),
    41: ("dates of page furniture", "reading_corpus: published"),
    42: ("last year's office holder", "authority_roles: the_date_decides_who_held_the_title"),
    43: ("groups by title alone", "tagging_groups: a_group_is_joined_only_by_what_is_like_it_as_a_whole"),
    44: (
        "error pages are cached or become items",
        ("web_errors: a_store_that_cannot_be_reached_is_503_and_worth_another_try; web_faults: "
        "a_feed_that_never_worked_asks_to_come_back"),
    ),
    45: ("feeds larger than readers take", "storage_log: a_window_holds_what_no_closed_block_holds"),
}  # fmt: skip
NAMED = re.compile(r"^([a-z0-9_]+): (.+)$")


def test_no_pitfall_is_left_out() -> None:
    assert list(PITFALLS) == list(range(1, 46))


@pytest.mark.parametrize("number", PITFALLS)
def test_every_test_that_is_named_is_there(number: int) -> None:
    _, kept_by = PITFALLS[number]
    for part in kept_by.split("; "):
        found = NAMED.match(part)
        if found is None:
            assert len(part.split()) > 3, "a reason is a sentence"
            continue
        text = (HERE / f"test_{found[1]}.py").read_text(encoding="utf-8")
        for name in found[2].split(", "):
            assert re.search(rf"^def test_{name}\(", text, re.MULTILINE), (found[1], name)
