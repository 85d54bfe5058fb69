"""A browser tab as a person uses it, with what the tests of pages ask of it."""

from urllib.parse import unquote


class Reader:
    """A browser tab that opens pages offline and notes what must not happen."""

    def __init__(self, context, folder):
        self.tab = context.new_page()
        self.folder = folder
        self.requests, self.errors = [], []
        self.tab.on("request", lambda r: r.url.startswith(("file:", "data:", "blob:")) or self.requests.append(r.url))
        self.tab.on("pageerror", lambda e: self.errors.append(str(e)))
        self.tab.on("console", lambda m: m.type in ("error", "warning") and self.errors.append(m.text))

    def open(self, page, address=""):
        path = self.folder / "explorer.html"
        path.write_text(page, encoding="utf-8", newline="\n")
        self.tab.goto("about:blank")
        self.tab.goto(path.as_uri() + address)
        self.tab.wait_for_selector("body[data-ready=yes]")
        return self.tab

    def lines(self):
        """The lines drawn, as (source, type, target, dashed?)."""
        return set(map(tuple, self.tab.evaluate("""() => [...kg.drawn.entries()].map(([id, { sure }]) => {
            const line = kg.lines.get(id);
            return [kg.data.actors[line.source].id, line.type, kg.data.actors[line.target].id, !sure];
        })""")))

    def place_of(self, line):
        """Where the middle of a line is on the screen."""
        self.tab.wait_for_timeout(50)
        return self.tab.evaluate("""(id) => {
            const edge = kgNetwork.body.edges[id].edgeType.getPoint(0.5);
            const { x, y } = kgNetwork.canvasToDOM(edge);
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [box.x + x, box.y + y];
        }""", line)

    def actors(self):
        """The ids of the actors in the picture."""
        return set(self.tab.evaluate("[...kg.shownActors].map((actor) => kg.data.actors[actor].id)"))

    def address(self):
        """The part of the address after #, when it has followed."""
        self.tab.wait_for_timeout(250)
        return unquote(self.tab.evaluate("location.hash")[1:])

    def set_day(self, label, day):
        self.tab.fill(f"#time input[type=date][aria-label='{label}']", day)
        self.tab.dispatch_event(f"#time input[type=date][aria-label='{label}']", "change")

    def find(self, name):
        self.tab.fill("#find", name)
        self.tab.keyboard.press("Enter")

    def place_of_actor(self, label):
        return self.tab.evaluate("""(label) => {
            const id = String(kg.data.actors.findIndex((actor) => actor.label === label));
            const { x, y } = kgNetwork.canvasToDOM(kgNetwork.getPosition(id));
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [box.x + x, box.y + y];
        }""", label)
