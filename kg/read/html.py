"""Saved web pages: the main text, and what the head of the page tells. Nothing is fetched.

Loaded on demand by `kg.read.documents`: trafilatura takes longer to import than the rest of the room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata

from kg.model import Period
from kg.read.plain import Body
from kg.read.told import Told, parse_published

# Where pages say when they were published, best first. trafilatura's own guess is not used: it makes
# "2024-01-01" of a copyright line "© 2024", and a date is never invented here.
_META_KEYS = ("article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
              "dcterms.issued", "dc.date", "dcterms.date", "pubdate", "publish-date", "publishdate", "date")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_MAX_JSON_DEPTH = 8


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first 2,048 bytes.

    >>> declared_encoding(b'<html><head><meta charset="windows-1251">')
    'windows-1251'
    """
    match = _CHARSET.search(data[:2048])
    return match[1].decode("ascii") if match else None


def extract_page(markup: str) -> Body | None:
    """The main text of a page and what the page tells, or None where no main text is found."""
    tree = trafilatura.load_html(markup)
    if tree is None:
        return None
    # Both calls below change the tree they are given.
    published = _published(tree)
    head = extract_metadata(trafilatura.load_html(markup), date_config={"extensive_search": False}, extensive=False)
    page: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False)
    text = (page.text or "").strip() if page else ""
    if not text:
        return None
    authors = tuple(name.strip() for name in (head.author or "").split(";") if name.strip())
    told = Told(head.title or None, head.sitename or None, authors, published, url=head.url or None, licence=head.license or None)
    return Body(text, told)


def _published(tree: Any) -> Period | None:
    tags = [(tag.get("property") or tag.get("name") or tag.get("itemprop") or "", tag.get("content", "")) for tag in tree.iter("meta")]
    meta = {key.lower(): content for key, content in tags}
    written = [meta[key] for key in _META_KEYS if key in meta]
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            written.extend(_linked_data_dates(script.text or ""))
    times = (t for t in tree.iter("time") if t.get("pubdate") is not None or t.get("itemprop") == "datePublished")
    written.extend(tag.get("datetime", "") for tag in times)
    return next((period for value in written if (period := parse_published(value.strip()))), None)


def _linked_data_dates(source: str) -> list[str]:
    try:
        return list(_dates_in(json.loads(source), _MAX_JSON_DEPTH))
    except (ValueError, RecursionError):
        return []


def _dates_in(value: object, depth: int) -> Iterator[str]:
    if depth and isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for key in ("@graph", "mainEntity"):
            yield from _dates_in(value.get(key), depth - 1)
    elif depth and isinstance(value, list):
        for item in value:
            yield from _dates_in(item, depth - 1)
