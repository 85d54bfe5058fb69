"""Files, folders, formats, encodings and errors: each bad input is one message, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Document, Unread
from kg.read import count_files, read_documents
from kg.read.files import decode
from kg.read.paragraphs import split_paragraphs

STORY = "Soldiers who rose against the governor on Monday still held the barracks, and three officers were in their hands."


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def _only(path: Path, **options) -> Document | Unread:
    (item,) = read_documents([path], **options)
    return item


# --- which files ---

def test_a_folder_is_read_sorted_and_deep_without_hidden_files_side_cars_and_other_suffixes(tmp_path) -> None:
    _write(tmp_path, {"b.txt": STORY, "a/z.md": STORY, "a/003_x.TXT": STORY, ".hidden.txt": STORY, ".git/x.txt": STORY,
                      "b.meta.yaml": "title: T", "picture.png": b"\x89PNG", "c.jsonl": '{"text": "One."}\n{"id": "k", "text": "Two."}\n'})
    assert [d.id for d in read_documents([tmp_path])] == ["a/003_x.TXT", "a/z.md", "b.txt", "c.jsonl#1", "c.jsonl#k"]
    assert count_files([tmp_path]) == 4


def test_a_file_named_is_known_by_its_name_and_standard_input_as_stdin(tmp_path) -> None:
    _write(tmp_path, {"deep/003_x.txt": STORY})
    documents = read_documents([tmp_path / "deep/003_x.txt", "-"], stdin=io.BytesIO(b"\xef\xbb\xbfGoma\r\nfell."))
    assert [(d.id, d.text) for d in documents] == [("003_x.txt", STORY), ("stdin.txt", "Goma\nfell.")]


def test_standard_input_as_text() -> None:
    (document,) = read_documents(["-"], stdin=io.StringIO("---\ntitle: T\n---\nGöma fell."))
    assert (document.text, document.title) == ("Göma fell.", "T")


def test_the_second_document_of_one_id_is_refused(tmp_path) -> None:
    _write(tmp_path, {"x/a.txt": STORY, "y/a.txt": STORY})
    first, second = read_documents([tmp_path / "x/a.txt", tmp_path / "y/a.txt"])
    assert first.id == "a.txt"
    assert isinstance(second, Unread)
    assert str(tmp_path / "x/a.txt") in second.reason
    assert "folder that holds both" in second.advice


def test_reading_is_lazy(tmp_path) -> None:
    _write(tmp_path, {"a.txt": STORY, "b.txt": STORY})
    documents = read_documents([tmp_path])
    next(documents)
    (tmp_path / "b.txt").unlink()
    assert [type(d) for d in documents] == [Unread]


@pytest.mark.parametrize(("name", "content", "reason", "advice"), [
    ("a.docx", b"PK\x03\x04", "'.docx' are not read", ".txt"),
    ("a", b"text", "no suffix", "-"),
    ("a.pdf", b"%PDF-1.7", "PDF is not read yet", "convert it to text"),
    ("b.txt", b"%PDF-1.7", "it is a PDF", "convert it to text"),
    ("a.meta.yaml", b"title: T", "describes another file", "beside it"),
    ("c.txt", b"PK\x03\x04..", "ZIP", "UTF-8"),
    ("d.txt", b"a\x00b", "binary", "UTF-8"),
    ("e.txt", b"", "holds no text", "fill"),
    ("f.txt", b" \n\xc2\xa0\n", "holds no text", "fill"),
    ("g.txt", b"---\ntitle: T\n---\n\n", "holds no text below the front matter", "fill"),
    ("h.txt", "Гома пала".encode("cp1251"), "encoding is unknown", "UTF-8"),
    ("i.txt", b"\xff\xfea", "breaks", "UTF-8"),
    ("j.html", b"<html><body></body></html>", "no main text", ".txt"),
])
def test_what_cannot_be_read_says_why_and_what_to_do_and_the_rest_goes_on(tmp_path, name, content, reason, advice) -> None:
    _write(tmp_path, {name: content, "z.txt": STORY})
    unread, document = read_documents([tmp_path / name, tmp_path / "z.txt"])
    assert isinstance(unread, Unread)
    assert (unread.path, document.id) == (str(tmp_path / name), "z.txt")
    assert reason in unread.reason
    assert advice in unread.advice


def test_a_missing_file_a_broken_link_and_a_pipe(tmp_path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no such file" in _only(tmp_path / "gone.txt").reason
    assert "no such file" in _only(tmp_path / "link.txt").reason
    assert "no regular file" in _only(tmp_path / "pipe.txt").reason
    assert [d.reason for d in read_documents([tmp_path])] == ["there is no such file", "it is no regular file"]


def test_names_that_the_system_refuses(tmp_path) -> None:
    _write(tmp_path, {"n" * 250 + ".txt": STORY})  # its side-car would have too long a name
    assert _only(tmp_path / ("n" * 250 + ".txt")).text == STORY
    assert "too long" in _only(tmp_path / ("n" * 300 + ".txt")).reason
    assert "null" in _only(tmp_path / "a\0.txt").reason


def test_a_pdf_in_a_folder_is_told(tmp_path) -> None:
    _write(tmp_path, {"a.pdf": b"%PDF", "b.docx": b"PK"})
    assert [d.reason for d in read_documents([tmp_path])] == ["PDF is not read yet"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path) -> None:
    _write(tmp_path, {"a.txt": STORY, "b/c.txt": STORY})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    found = [*read_documents([tmp_path]), *read_documents([tmp_path / "b/c.txt"])]
    (tmp_path / "b").chmod(0o700)
    assert ["permission denied" in u.reason for u in found] == [True] * 3


def test_a_loop_of_links_ends(tmp_path) -> None:
    _write(tmp_path, {"a/b.txt": STORY})
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert [d.id for d in read_documents([tmp_path])] == ["a/b.txt"]


def test_the_limit_of_size(tmp_path) -> None:
    _write(tmp_path, {"a.txt": "x" * 11, "b.txt": "x" * 10, "c.jsonl": '{"text": "' + "x" * 40 + '"}\n{"text": "x"}\n'})
    large, small = read_documents([tmp_path / "a.txt", tmp_path / "b.txt"], max_bytes=10)
    long_line, record = read_documents([tmp_path / "c.jsonl"], max_bytes=15)
    assert "it is too large: 11 bytes, the limit is 10" in large.reason
    assert small.text == "x" * 10
    assert (long_line.path, "too large" in long_line.reason) == (f"{tmp_path / 'c.jsonl'}, line 1", True)
    assert record.id == "c.jsonl#2"
    (unread,) = read_documents(["-"], stdin=io.BytesIO(b"x" * 11), max_bytes=10)
    assert "too large" in unread.reason


# --- encodings ---

@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff\x00"), min_size=1).map(lambda s: "a" + s))
def test_decoding_gives_back_what_was_written(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


def test_windows_1252_is_read_and_noted_where_plausible(tmp_path) -> None:
    _write(tmp_path, {"a.txt": ("N’Djamena est tombée. " + STORY).encode("cp1252")})
    document = _only(tmp_path / "a.txt")
    assert document.text.startswith("N’Djamena est tombée.")
    assert "It is not UTF-8 (byte 1) and was read as Windows-1252" in document.notes[0]


def test_characters_are_not_composed(tmp_path) -> None:
    _write(tmp_path, {"a.txt": "Cafe\u0301 " + STORY})
    assert _only(tmp_path / "a.txt").text == "Cafe\u0301 " + STORY


# --- front matter and side-cars ---

FRONT = "---\nid: 001\nurl: https://example.org/a\npublisher: Border Watch\ntitle: Lakeside: the fall\npublished: 2022-07\n" \
        "authors: [Ada Bell, Bo Cee]\ndateline: LAKESIDE\nlicence: CC-BY-4.0\ncolour: red\n---\n"


def test_front_matter_is_told_and_is_no_text(tmp_path) -> None:
    _write(tmp_path, {"a.md": FRONT.replace("Lakeside: the fall", "'Lakeside: the fall'") + "\n" + STORY})
    d = _only(tmp_path / "a.md")
    assert (d.id, d.text, d.title, d.publisher, d.published.edtf, d.authors, d.dateline, d.url, d.licence, d.notes) == (
        "a.md", STORY, "Lakeside: the fall", "Border Watch", "2022-07", ("Ada Bell", "Bo Cee"), "LAKESIDE", "https://example.org/a",
        "CC-BY-4.0", ())


@pytest.mark.parametrize(("value", "title"), [("Lakeside: the fall", "Lakeside: the fall"), ('"Lakeside: the fall"', "Lakeside: the fall"),
                                              ("'Fall' of Lakeside", "'Fall' of Lakeside"), ("", None), ("2024", "2024")])
def test_plain_lines_need_no_quotation_marks(tmp_path, value: str, title: str | None) -> None:
    _write(tmp_path, {"a.txt": f"---\ntitle: {value}\npublished: 2025\n---\n{STORY}"})
    d = _only(tmp_path / "a.txt")
    assert (d.title, d.published.edtf, d.text, d.notes) == (title, "2025", STORY, ())


@pytest.mark.parametrize("front", ["title: T\nauthors: [A, B\n", "title: T\n- x\n", "a: &x [*x]\nb: {\n"])
def test_malformed_front_matter_is_noted_with_its_line(tmp_path, front: str) -> None:
    _write(tmp_path, {"a.txt": f"---\n{front}---\n{STORY}"})
    d = _only(tmp_path / "a.txt")
    assert (d.text, d.title) == (STORY, None)
    assert d.notes[0].startswith("Nothing was taken from the front matter: line ")


def test_front_matter_of_wrong_values_is_noted_and_the_rest_used(tmp_path) -> None:
    _write(tmp_path, {"a.txt": f"---\ntitle: [x]\nauthors: {{a: b}}\npublished: soon\nurl: u\n---\n{STORY}"})
    d = _only(tmp_path / "a.txt")
    assert (d.title, d.authors, d.published, d.url) == (None, (), None, "u")
    assert [n.split(" of ")[0] for n in d.notes] == ["`title`", "`authors`", "`published`", "The text shows no publication date: add "
            "`--date YYYY-MM-DD` or write `published:` in a side-car NAME.meta.yaml."]


@pytest.mark.parametrize("text", [f"---\n{STORY}\n---\nMore.", f"---\n\n{STORY}", f"{STORY}\n---\ntitle: T\n---"])
def test_a_rule_across_the_page_is_no_front_matter(tmp_path, text: str) -> None:
    _write(tmp_path, {"a.md": text})
    assert _only(tmp_path / "a.md").text == text


@pytest.mark.parametrize(("ending", "content"), [("yaml", "title: T\npublished: 2024-05-01"), ("yml", "title: T\npublished: 2024-05-01"),
                                                 ("json", '{"title": "T", "published": "2024-05-01"}')])
def test_a_side_car_wins_over_front_matter_text_and_the_date_given(tmp_path, ending: str, content: str) -> None:
    text = f"---\ntitle: F\nurl: u\n---\nMutiny in Lakeside barracks\n\n3 May 2021\n\n{STORY}"
    _write(tmp_path, {"a.txt": text, f"a.meta.{ending}": content})
    d = _only(tmp_path / "a.txt", date="2020")
    assert (d.title, d.published.edtf, d.url) == ("T", "2024-05-01", "u")


def test_a_malformed_side_car_is_noted_with_file_and_line(tmp_path) -> None:
    _write(tmp_path, {"a.txt": STORY, "a.meta.yaml": "title: T\nauthors: [x\n"})
    d = _only(tmp_path / "a.txt")
    assert d.title is None
    assert d.notes[0].startswith("Nothing was taken from a.meta.yaml: line ")


def test_side_car_of_a_page(tmp_path) -> None:
    page = f"<html><body><article><p>{STORY}</p><p>{STORY} More.</p></article></body></html>"
    _write(tmp_path, {"a.html": page, "a.meta.yaml": "title: T"})
    assert _only(tmp_path / "a.html").title == "T"


# --- JSON lines ---

def test_a_bad_line_is_one_message_and_the_rest_goes_on(tmp_path) -> None:
    lines = ['{"text": "Göma fell.\\r\\nSo.", "title": "T", "authors": "Ada Bell", "published": 2025, "url": "u", "publisher": "P"}',
             "", "{", '["text"]', '{"title": "no text"}', '{"text": "\\ud800"}', "[" * 100_000, '{"text": "Last.", "id": 7}',
             '{"text": "Again.", "id": "7"}']
    (tmp_path / "r.jsonl").write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode() + b'\n{"text": "\xff"}')
    first, *bad, last, again, undecodable = read_documents([tmp_path])
    assert (first.id, first.text, first.title, first.authors, first.published.edtf, first.url, first.publisher) == (
        "r.jsonl#1", "Göma fell.\nSo.", "T", ("Ada Bell",), "2025", "u", "P")
    assert [u.path.rpartition(", ")[2] for u in bad] == ["line 3", "line 4", "line 5", "line 6", "line 7"]
    assert last.id == "r.jsonl#7"
    assert "already read" in again.reason
    assert "not UTF-8" in undecodable.reason


@given(st.text(min_size=1).filter(str.strip), st.text())
@example(">", "")  # a paragraph of marks alone once had no last character
def test_every_record_of_strings_is_a_document(tmp_path_factory, text: str, title: str) -> None:
    folder = tmp_path_factory.mktemp("records")
    (folder / "r.jsonl").write_text(json.dumps({"text": text, "title": title}) + "\n", "utf-8")
    (item,) = read_documents([folder])
    assert item.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert all(0 <= s.start < s.end <= len(item.text) for s in item.furniture)


PIECES = (
    "By ", "By: ", "BANGKOK", "Ada Bell", " (AP)", "(", ")",
    " - ", " – ", ".-", "Nov 17", "31 February 2024", "03/04/2024", "2024", " 3 May",
    "Monday ", "Updated ", "\n", "\n\n", "> ", "# ", "**", "|", ", ", ".", "“", '"', "Related Articles", "Subscribe now", "©", " logo", "é",
    "\u2028", "---", "title: x", ":", "the army said it had left the town of Lakeside and would not return", "\t", "\x00", "1",
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join).filter(str.strip))
def test_whatever_stands_at_the_top_of_a_text_it_is_read(tmp_path_factory, text: str) -> None:
    folder = tmp_path_factory.mktemp("tops")
    (folder / "r.jsonl").write_text(json.dumps({"text": text}) + "\n", "utf-8")
    (item,) = read_documents([folder], date="2023")
    assert item.text == text
    assert list(item.furniture) == sorted(item.furniture)
    assert all(a.end <= b.start for a, b in pairwise(item.furniture))


# --- pages ---

PAGE = """<html><head><title>Mutiny in Lakeside | Border Watch</title><meta charset="windows-1252">
<meta property="og:site_name" content="Border Watch"><meta name="author" content="Ada Bell">{head}</head>
<body><nav><a href="/">Home</a> <a href="/n">News</a></nav><article><h1>Mutiny in Lakeside</h1>
<p>LAKESIDE - Soldiers who rose against the governor still held the barracks, the caf\xe9 owner said.</p>
<p>""" + STORY + """</p><p>""" + STORY + """ It rained.</p></article><footer>&copy; 2019 Border Watch</footer></body></html>"""


def _page(tmp_path: Path, head: str) -> Document | Unread:
    (tmp_path / "p.htm").write_bytes(PAGE.replace("{head}", head).encode("cp1252"))
    return _only(tmp_path / "p.htm")


def test_a_page_gives_its_main_text_and_metadata(tmp_path) -> None:
    d = _page(tmp_path, '<meta property="article:published_time" content="2024-03-06T10:00:00Z">')
    assert (d.title, d.publisher, d.authors, d.published.edtf, d.dateline) == (
        "Mutiny in Lakeside", "Border Watch", ("Ada Bell",), "2024-03-06", "LAKESIDE")
    assert "the café owner said." in d.text
    assert "Home" not in d.text


@pytest.mark.parametrize(("head", "published"), [
    ('<script type="application/ld+json">{"@graph": [{"datePublished": "2024-03-06"}]}</script>', "2024-03-06"),
    ('<script type="application/ld+json">{broken</script><meta name="date" content="6 March 2024">', "2024-03-06"),
    ('<meta name="date" content="03/04/2024">', None),
    ("", None),  # the footer's "© 2019" is no publication date
])
def test_the_date_of_a_page_is_what_its_head_says(tmp_path, head: str, published: str | None) -> None:
    d = _page(tmp_path, head)
    assert (d.published and d.published.edtf) == published


def test_the_encoding_that_a_page_declares_is_used(tmp_path) -> None:
    story = "Солдаты, поднявшиеся против губернатора, всё ещё удерживали казармы, и трое офицеров были в их руках. " * 3
    page = f'<html><head><meta charset="windows-1251"></head><body><article><p>{story}</p></article></body></html>'
    _write(tmp_path, {"a.html": page.encode("cp1251")})
    assert _only(tmp_path / "a.html").text == story.strip()


# --- hostile and odd texts: these must end, and lose nothing ---

@pytest.mark.parametrize("text", [
    "a" * 4_900_000, " " * 4_900_000 + "x", "“" * 10_000 + "x" + "”" * 10_000, '"' * 20_000, "(" * 100_000, "A" * 150 + "(" * 50,
    "© " + "A" * 1400, "Subscribe " * 149, "- " * 100_000, "\n" * 1_000_000 + "x", "x\n" * 30_000, "---\n" * 50_000, "By " + "A " * 50_000,
])
def test_odd_texts_are_documents(tmp_path, text: str) -> None:
    _write(tmp_path, {"a.txt": text})
    assert _only(tmp_path / "a.txt").text == text


def test_hard_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = ("Mutiny in Lakeside\n\nSoldiers who rose against the governor on Monday still held\nthe barracks of the town, and three of "
            "their officers were\nin their hands as night fell on the lake and its islands.\n\nNobody was hurt.")
    assert [s.of(text).split()[0] for s in split_paragraphs(text)] == ["Mutiny", "Soldiers", "Nobody"]


@given(st.text(st.sampled_from("ab .\n “”-")))
def test_paragraphs_hold_all_that_is_not_white_space(text: str) -> None:
    spans = split_paragraphs(text)
    assert "".join("".join(s.of(text) for s in spans).split()) == "".join(text.split())
    assert all(a.end < b.start for a, b in pairwise(spans))
