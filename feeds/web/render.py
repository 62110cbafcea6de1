"""From a template to an answer: pages know their own address, the feed they announce, and the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal
from flask import render_template
from jinja2 import BytecodeCache

from feeds.syndication.addresses import feed_path, http_url, item_path, list_path, with_suffix
from feeds.syndication.formats import FORMATS
from feeds.text import digest
from feeds.web import i18n, site, words
from feeds.web.answers import HTML, Version, answer, answer_bytes
from feeds.web.links import links_of_page
from feeds.web.marks import anchor
from feeds.web.rules import rule
from feeds.web.static import STYLE
from storage.names import names_at
from storage.state import get_state
from storage.types import FeedKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

    from flask import Flask, Response
    from jinja2.bccache import Bucket

    from feeds.web.site import Site
    from storage.engine import Connection
    from storage.types import Feed


_COMPILED: dict[tuple[str, str], CodeType] = {}  # by a template's key and a digest of its words


def page(path: str, template: str, *, feed: FeedKey, **values: Any) -> Response:
    """Render a page; `feed` is the one it announces first to a reader that looks for feeds.

    `path` is canonical and without the language, which is put on here: two languages are two pages to a cache.
    """
    html = render_template(template, path=path, feed=feed, **values)
    announced = links_of_page(site.current(), feed_path(feed))
    return answer_bytes(i18n.keep(path), HTML, html.encode("utf-8", "replace"), announced)


def kept_page(
    conn: Connection,
    path: str,
    template: str,
    *,
    feed: Feed,
    values: Callable[[], Mapping[str, Any]],
    mark: str = "",
) -> Response:
    """Render a page that says nothing but what a feed and the names say: until one of them changes it is kept.

    `values` is asked for only where the page has to be rendered; `mark` is what else the page hangs on.
    """
    here = site.current()
    settings = here.settings
    shown = (here.base, settings.title, settings.timezone, settings.language, here.templates)
    stamp = (get_state(conn).store_id, f"{feed.id} {feed.version}", str(names_at(conn)))
    etag = f'W/"{digest(*stamp, *shown, i18n.keep(path), mark)[:32]}"'

    def render() -> bytes:
        return render_template(template, path=path, feed=feed.key, **values()).encode("utf-8", "replace")

    announced = links_of_page(here, feed_path(feed.key))
    return answer(Version(i18n.keep(path), HTML, etag, links=announced), render)


class _Compiled(BytecodeCache):
    """What templates were compiled to, for every application of this process."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template of these very words."""
        bucket.code = _COMPILED.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember it."""
        if bucket.code is not None:
            _COMPILED[bucket.key, bucket.checksum] = bucket.code


def compile_templates(app: Flask) -> None:
    """Compile every template, and read what the program is made of, now rather than for the first reader of a page."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    with app.app_context():
        _ = site.current().templates


def prepare(app: Flask, here: Site) -> None:
    """Tell the templates what they may use."""
    jinja = app.jinja_env
    i18n.prepare(jinja)
    jinja.bytecode_cache = _Compiled()
    zone = here.settings.timezone
    jinja.filters.update(
        http_url=http_url,
        lang=words.lang,
        number=lambda value: format_decimal(value, locale=i18n.current().locale),
        language=lambda code: words.language(code, i18n.current()),
        place=lambda where: words.place(where, i18n.current()),
        rule=lambda found: rule(found, i18n.current()),
    )
    jinja.globals.update(
        site_title=here.settings.title,
        href=lambda path: here.href(i18n.keep(path)),
        file=here.href,
        absolute=here.absolute,
        feed_path=feed_path,
        with_suffix=with_suffix,
        subject_path=lambda kind, slug: feed_path(FeedKey(kind, slug)),
        item_path=item_path,
        list_path=list_path,
        formats=FORMATS,
        style=STYLE,
        ui=i18n.current,
        asks=here.asks,  # whether somebody is there to answer what a form or a link asks for
        asks_for_language=lambda: i18n.chosen() is not None,
        interfaces=i18n.INTERFACES,
        with_language=i18n.with_language,
        instant=lambda value: words.instant(value, zone, i18n.current()),
        day=lambda value: words.day(value, i18n.current()),
        long_day=lambda value: words.long_day(value, i18n.current()),
        days=lambda first, last: words.days(first, last, i18n.current()),
        month_of=lambda value: words.month(value, i18n.current()),
        anchor=anchor,
        office=lambda role, names: words.office(role, names, i18n.current()),
        published=lambda value: words.published(value, zone, i18n.current()),
        how_dated=lambda value: words.how_dated(value, i18n.current()),
        name_of=lambda names, kind, slug: words.name(names.get((kind, slug)), slug, i18n.current()),
    )
