"""What a browser would make of HTML that was made of hostile text."""

from __future__ import annotations

from html.parser import HTMLParser

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'$x$"
HARMLESS = {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "mark"}


class Reader(HTMLParser):
    """The tags of HTML with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def names(self) -> set[str]:
        return {name for name, _ in self.tags}
