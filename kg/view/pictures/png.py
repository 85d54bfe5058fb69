"""A picture as PNG, where the extra `png` is installed."""

from __future__ import annotations

from kg.errors import KgError

_ZOOM = 2  # pixels a unit: sharp at 700 px on dense screens and in print


def to_png(svg: str) -> bytes:
    """An SVG document as PNG, twice its size, with the fonts of this machine.

    Raises:
        KgError: resvg is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise KgError("a PNG needs resvg", where="--out", advice="pip install 'allegiance-kg[png]', or write an .svg") from None
    return bytes(svg_to_bytes(svg_string=svg, zoom=_ZOOM, background="#ffffff"))
