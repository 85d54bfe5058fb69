"""Write the documentation of the ontology: one page, and the ontology in three formats. `make docs`, or

    python -m recipes.ontology.page [FOLDER]

The page is what `ontology/*.ttl`, `checks/`, README.md and CHANGELOG.md say, nothing else; it asks for nothing from anywhere.
An anchor is a local name, so that https://w3id.org/allegiance/ontology#Attack lands on its term.
"""

from __future__ import annotations

import re
import shutil
import sys
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from rdflib import Graph

from kg.data import data_folder
from recipes.ontology.terms import Ontology, read_ontology

HERE = Path(__file__).parent
_OWN = re.compile(r"\bkg:([A-Za-z]\w*)")
_CODE = re.compile(r"`([^`]+)`")


def main(out: Path) -> None:
    """Write index.html, ontology.ttl, ontology.jsonld and ontology.rdf to a folder."""
    source = data_folder("ontology")
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(render(source), encoding="utf-8")
    shutil.copyfile(source / "kg.ttl", out / "ontology.ttl")
    for name in ("kinds", "alignments", "shapes"):
        shutil.copyfile(source / f"{name}.ttl", out / f"{name}.ttl")
    graph = Graph().parse(source / "kg.ttl")
    (out / "ontology.jsonld").write_text(graph.serialize(format="json-ld", sort_keys=True), encoding="utf-8")
    (out / "ontology.rdf").write_text(graph.serialize(format="xml"), encoding="utf-8")
    print(out / "index.html")


def render(source: Path) -> str:
    """The page of the ontology in a folder."""
    ontology = read_ontology(source)
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                              lstrip_blocks=True)
    environment.filters["linked"] = lambda text: linked(text, ontology)
    readme = (source / "README.md").read_text(encoding="utf-8")
    return environment.get_template("page.html.j2").render(
        ontology=ontology, style=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        picture=Markup((HERE / "claim.svg").read_text(encoding="utf-8")),
        tree=tree(ontology), choosing=markdown(section(readme, "Which of two close types"), ontology),
        following=markdown(section(readme, "What follows, without a reasoner"), ontology),
        changes=markdown((source / "CHANGELOG.md").read_text(encoding="utf-8").partition("\n")[2], ontology))


def linked(text: str, ontology: Ontology) -> Markup:
    """Text with each `kg:` name that is declared as a link to its term; all else escaped."""
    known = ontology.names
    return Markup(_OWN.sub(lambda m: f'<a href="#{m[1]}"><code>kg:{m[1]}</code></a>' if m[1] in known else m[0], escape(text)))


def section(readme: str, heading: str) -> str:
    """What stands below a heading of the second level, up to the next."""
    (found,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    return str(found)


def markdown(text: str, ontology: Ontology) -> Markup:
    """The Markdown that these files use: paragraphs, headings, lists and tables, with code and bold."""
    return Markup("\n").join(_block(block, ontology) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str, ontology: Ontology) -> Markup:
    lines = block.splitlines()
    if lines[0].startswith("#"):
        name = lines[0].lstrip("# ")
        rest = _block("\n".join(lines[1:]), ontology) if lines[1:] else Markup()
        return Markup('<h3 id="{}">{}</h3>{}').format(anchor(name), name, rest)
    if lines[0].startswith("|"):
        head, _, *rows = ([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines)
        top = Markup().join(Markup('<th scope="col">{}</th>').format(cell) for cell in head)
        body = Markup().join(Markup("<tr>{}</tr>").format(Markup().join(Markup("<td>{}</td>").format(_inline(c, ontology)) for c in row))
                             for row in rows)
        return Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr></thead>'
                      "<tbody>{}</tbody></table></div>").format(f"Table: {', '.join(head)}", top, body)
    item = re.compile(r"^(?:- |\d+\. )", re.MULTILINE)
    if item.match(block):
        items = Markup().join(Markup("<li>{}</li>").format(_inline(one, ontology)) for one in item.split(block)[1:])
        return Markup("<ul>{}</ul>" if block.startswith("-") else "<ol>{}</ol>").format(items)
    return Markup("<p>{}</p>").format(_inline(block, ontology))


def _inline(text: str, ontology: Ontology) -> Markup:
    parts = _CODE.split(" ".join(text.split()))
    told = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            told.append(Markup(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(part))))
        else:
            is_term = _OWN.fullmatch(part) and part[3:] in ontology.names
            told.append(linked(part, ontology) if is_term else Markup("<code>{}</code>").format(part))
    return Markup().join(told)


def anchor(name: str) -> str:
    """The anchor of a heading."""
    return "section-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def tree(ontology: Ontology) -> Markup:
    """The classes of what claims speak of, as a picture with links: one row a class, one column a level."""
    above = {term.name: dict(term.facts).get("subclass of", ()) for term in ontology.of("class")}
    rows: list[tuple[str, int, int | None]] = []

    def visit(name: str, level: int, parent: int | None) -> None:
        row = len(rows)
        rows.append((name, level, parent))
        for child in sorted(child for child, parents in above.items() if f"kg:{name}" in parents):
            visit(child, level + 1, row)

    visit("Entity", 0, None)
    step, height = 150, 30
    drawn = [Markup('<path d="M{} {}V{}H{}"/>').format(rows[parent][1] * step + 16, parent * height + 26, row * height + 14, level * step)
             for row, (_, level, parent) in enumerate(rows) if parent is not None]
    for row, (name, level, _) in enumerate(rows):
        x, y, width = level * step, row * height, 20 + round(7.4 * len(name))  # about as wide as its letters
        drawn.append(Markup('<a href="#{0}"><rect x="{1}" y="{2}" width="{3}" height="24" rx="4"/>'
                            '<text class="mono" x="{4}" y="{5}">{0}</text></a>').format(name, x, y + 2, width, x + 10, y + 18))
    return Markup('<svg viewBox="0 0 840 {}" role="group" aria-label="The classes below Entity as a tree">{}</svg>').format(
        len(rows) * height, Markup().join(drawn))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/ontology"))
