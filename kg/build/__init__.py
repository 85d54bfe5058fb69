"""The corridor: documents → claims → store, page and summary, doing again only what changed."""

from kg.build.corridor import BuildReport, Progress, build
from kg.build.extraction import Extracting, Recipe

__all__ = ["BuildReport", "Extracting", "Progress", "Recipe", "build"]
