"""The pages in a real browser: no violation of the accessibility rules, no complaint, no other host, on every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from feeds.syndication.formats import FORMATS
from storage.migrate import upgrade
from tests.browser import DESK, PHONE, launched, served, visiting
from tests.builders import add_item, later, name_subjects, report, uuid_of
from tests.web_samples import fill_richly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser import Visit

TOKEN = "a-token-that-is-long"
OPERATOR: dict[str, Any] = {"http_credentials": {"username": "operator", "password": TOKEN}}
KINDS = {
    "/": 200,
    "/latest": 200,
    "/topics": 200,
    "/actors": 200,
    "/actors/names/1": 200,
    "/actors?name=rubio": 200,
    "/topics/trade-tariffs": 200,
    "/actors/marco-rubio": 200,
    "/actors/south-korea": 200,
    f"/items/{uuid_of(1)}": 200,
    f"/items/{uuid_of(2)}": 200,
    f"/items/{uuid_of(3)}": 410,
    "/latest/months/2026-02": 200,
    "/calendar/2026-02": 200,
    "/calendar/2026-02-11": 200,
    "/calendar/2026-02?q=actor:marco-rubio": 200,
    "/calendar?q=actor:nobody": 400,
    "/nowhere": 404,
    "/select": 200,
    "/select?q=lang:en%20tariffs": 200,
    "/actors/marco-rubio+south-korea": 200,
    "/select?q=actor:marc%20lang:en": 400,
    "/status": 200,
    "/errors/429": 200,
    "/errors/503": 200,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store, _ = upgrade(f"sqlite:///{tmp_path_factory.mktemp('pages')}/one.db")
    fill_richly(store)
    with served(store, status_token=TOKEN) as address:
        yield address
    store.dispose()


def violations(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(DESK, "light", id="desk-light"),
        pytest.param(PHONE, "dark", id="phone-dark"),
        pytest.param(DESK, "dark", id="desk-dark", marks=pytest.mark.slow),
        pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.slow),
    ],
)
def test_nothing_stands_in_a_readers_way(browser: Browser, base: str, size: dict[str, int], scheme: str) -> None:
    # The checker is a script, run from outside; the pages have none.
    with visiting(browser, base, viewport=size, color_scheme=scheme, java_script_enabled=True, **OPERATOR) as visit:
        for path, status in KINDS.items():
            assert visit.go(path) == status, path
            assert (path, violations(visit.page)) == (path, [])
            wider = visit.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{path} scrolls sideways by {wider} px"
        assert visit.strangers == []
        assert [said for said in visit.complaints if "status of 4" not in said] == []


def test_the_language_is_chosen_by_the_address_and_kept_in_links(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.go("/actors/marco-rubio")
        visit.page.click("footer >> text=한국어")
        assert visit.page.url == f"{base}/actors/marco-rubio?ui=ko"
        visit.page.click("nav.main >> text=주제")
        assert visit.page.url == f"{base}/topics?ui=ko"
        assert visit.page.get_attribute("html", "lang") == "ko"
        visit.page.click("footer >> text=English")
        assert visit.page.url == f"{base}/topics?ui=en"


def test_the_front_page_greets_a_reader_in_the_readers_language(browser: Browser, base: str) -> None:
    with visiting(browser, base, locale="ja-JP") as visit:
        visit.go("/")
        assert visit.page.url == f"{base}/?ui=ja"
        visit.go("/topics")  # no other page asks the browser
        assert visit.page.url == f"{base}/topics"
        assert visit.page.get_attribute("html", "lang") == "en"


def test_a_selection_is_built_in_a_form_without_any_script(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.go("/select?ui=en")
        page = visit.page
        page.fill("input[name=actor] >> nth=0", "Marco Rubio")
        page.select_option("select[name=topic_how] >> nth=0", "none")
        page.fill("input[name=topic] >> nth=0", "Diplomacy & talks")
        page.select_option("select[name=lang]", "en")
        page.check("input[name=principal]")
        page.click("text=Show the selection")
        text = "actor:marco-rubio lang:en -topic:diplomacy-talks salience:principal"
        assert page.url == f"{base}/select?q={text.replace(' ', '%20')}&ui=en"
        assert page.input_value("#q") == text
        assert page.inner_text("h1") == "Marco Rubio, in English, not Diplomacy & talks, principal actors only"
        address = page.get_attribute("input.address >> nth=1", "value")
        assert address == f"{base}/select.atom?q={text.replace(' ', '%20')}"
        assert page.request.get(address).headers["content-type"] == "application/atom+xml; charset=utf-8"
        page.click("summary >> text=Change it in a form")
        assert page.input_value("input[name=actor] >> nth=0") == "Marco Rubio"
        page.fill("input[name=actor] >> nth=1", "South Kora")
        page.click("text=Show the selection")
        assert page.inner_text(".fault mark") == '"South Kora"'
        assert "Did you mean south-korea" in page.inner_text("#fault")
        assert page.input_value("input[name=actor] >> nth=1") == "South Kora", "what was filled in stays"
        assert page.get_attribute("#q", "aria-invalid") == "true"


def test_two_actors_have_a_page_with_their_feeds(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.go("/select")
        visit.page.fill("#q", "actor:south-korea actor:marco-rubio")
        visit.page.click("text=Show >> nth=0")
        assert visit.page.url == f"{base}/actors/marco-rubio+south-korea"
        assert visit.page.inner_text("h1") == "Marco Rubio, South Korea"
        first = visit.page.get_attribute("link[rel=alternate][type='application/rss+xml']", "href")
        assert first == f"{base}/actors/marco-rubio+south-korea.rss"


def test_the_operators_page_asks_for_its_password(browser: Browser, base: str) -> None:
    with visiting(browser, base, http_credentials={"username": "x", "password": "not-the-right-token"}) as visit:
        assert visit.go("/status") == 401
    with visiting(browser, base, **OPERATOR) as visit:
        assert visit.go("/status") == 200
        assert visit.page.inner_text("h1") == "Status"


def test_a_month_is_a_table_on_a_desk_and_a_list_on_a_phone(browser: Browser, base: str) -> None:
    for size, shown in ((DESK, 28), (PHONE, 3)):
        with visiting(browser, base, viewport=size) as visit:
            visit.go("/calendar/2026-02")
            assert visit.page.locator(".month td:visible:not(.other)").count() == shown
            visit.page.click("td#d2026-02-11 li a")
            assert visit.page.url == f"{base}/items/{uuid_of(1)}"


def shade(visit: Visit, selector: str) -> str:
    found: str = visit.page.eval_on_selector(selector, "one => getComputedStyle(one).backgroundColor")
    return found


def test_the_words_light_up_with_their_line_and_the_line_with_its_words(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.go(f"/items/{uuid_of(1)}")
        plain = shade(visit, "mark.m1")
        visit.page.hover(".w1 q")
        assert shade(visit, "mark.m1") != plain
        visit.page.mouse.move(0, 0)
        assert shade(visit, "mark.m1") == plain
        visit.page.focus(".w1 .evidence a")
        assert shade(visit, "mark.m1") != plain
        visit.page.press(".w1 .evidence a", "Enter")
        assert visit.page.url.endswith("#body-0")
        visit.page.hover("mark.m1")
        outlined = visit.page.eval_on_selector(".w1", "one => getComputedStyle(one).outlineStyle")
        assert outlined == "solid"


def test_every_subscribe_link_leads_to_a_feed_and_says_its_address(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.go("/actors/marco-rubio")
        links = visit.page.locator(".subscribe a[type]").all()
        assert len(links) == len(FORMATS) + 1
        for link in links:
            answer = visit.page.request.get(base + (link.get_attribute("href") or ""))
            assert answer.status == 200
            assert answer.headers["content-type"].startswith(link.get_attribute("type") or "?")
        told = [field.input_value() for field in visit.page.locator(".subscribe input").all()]
        assert told == [f"{base}/actors/marco-rubio.{suffix}" for suffix in FORMATS]


def test_search_works_without_scripts_and_keeps_the_language(browser: Browser, base: str) -> None:
    with visiting(browser, base) as visit:
        visit.go("/?ui=ko")
        visit.page.fill("#search", "tariffs")
        visit.page.press("#search", "Enter")
        assert visit.page.url == f"{base}/select?q=tariffs&ui=ko"
        assert visit.page.get_attribute("html", "lang") == "ko"
        assert visit.page.locator("article.card").count() > 0
        visit.page.fill("#search", "actor:marco-rubio")  # what has an address of its own leads there
        visit.page.press("#search", "Enter")
        assert visit.page.url == f"{base}/actors/marco-rubio?ui=ko"


def test_pages_are_small_and_nothing_in_them_moves(browser: Browser, base: str) -> None:
    with visiting(browser, base, java_script_enabled=True) as visit:
        style = len(visit.page.request.get(f"{base}/static/style.css", headers={"Accept-Encoding": "br"}).body())
        for path in (path for path, status in KINDS.items() if status == 200 and path != "/status"):
            visit.go(path)
            visit.page.wait_for_load_state("load")
            moved = visit.page.evaluate(
                "new Promise(done => { new PerformanceObserver(seen => done(seen.getEntries().length))"
                ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(0), 60) })"
            )
            size = visit.page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
            assert (path, moved) == (path, 0)
            assert (path, 0 < size + style < 60 * 1024) == (path, True)


def test_items_far_down_are_laid_out_when_a_reader_comes_and_nothing_moves(browser: Browser, tmp_path: Path) -> None:
    store, _ = upgrade(f"sqlite:///{tmp_path}/many.db")
    name_subjects(store)
    for number in range(1, 31):
        one = report(f"Item {number} " + "of many words " * (number % 7 * 5))
        add_item(store, one, uuid=uuid_of(number), at=later(number))
    with served(store) as base, visiting(browser, base, java_script_enabled=True, viewport=PHONE) as visit:
        visit.go("/latest")
        visit.page.evaluate(
            "window.moved = 0; new PerformanceObserver(seen => window.moved += seen.getEntries().length)"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        last = visit.page.locator("article.card").nth(19)
        drawn = "card => card.querySelector('h3').checkVisibility({contentVisibilityAuto: true})"
        assert not last.evaluate(drawn)
        for _ in range(40):
            visit.page.mouse.wheel(0, 400)
            visit.page.wait_for_timeout(20)
        last.scroll_into_view_if_needed()
        visit.page.wait_for_function(f"({drawn})([...document.querySelectorAll('article.card')].at(-1))")
        assert visit.page.locator("article.card").count() == 20
        assert visit.page.evaluate("window.moved") == 0
    store.dispose()


@pytest.mark.parametrize(("path", "entry"), [("/latest.atom", "entry"), ("/latest.rss", "item")])
def test_a_feed_in_chromium_is_a_page_and_no_wall_of_xml(browser: Browser, base: str, path: str, entry: str) -> None:
    with visiting(browser, base) as visit:
        visit.page.goto(base + path)
        style = "(selector) => getComputedStyle(document.querySelector(selector))"
        assert visit.page.evaluate("document.contentType") == "application/xml"
        assert visit.page.evaluate(f"({style})('{entry} > title').fontWeight") == "600"
        when = "published" if entry == "entry" else "pubDate"
        for shown in ("title", when, "link[rel=alternate]" if entry == "entry" else "link"):
            assert visit.page.evaluate(f"({style})('{entry} > {shown}').display") == "block"
        hidden = "id" if entry == "entry" else "guid"
        assert visit.page.evaluate(f"({style})('{entry} > {hidden}').display") == "none"
        assert "This is a feed" in visit.page.evaluate(
            "getComputedStyle(document.documentElement, '::before').getPropertyValue('content')"
        )
