"""Files, folders and standard input → documents: formats, encodings, metadata, page furniture. Nothing is fetched."""

from kg.read.documents import read_documents
from kg.read.files import MAX_BYTES, count_files

__all__ = ["MAX_BYTES", "count_files", "read_documents"]
