// The legend is the filter: every entry shows how a thing is drawn, how many there are, and whether it is shown.
(function () {
  const legend = document.getElementById("legend");
  const SVG = "http://www.w3.org/2000/svg";
  const { colours } = kg.data;

  function svg(width, height, ...shapes) {
    const root = document.createElementNS(SVG, "svg");
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("width", width);
    root.setAttribute("height", height);
    root.setAttribute("aria-hidden", "true");
    for (const [name, attributes] of shapes) {
      const shape = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
      root.append(shape);
    }
    return root;
  }

  const POLYGONS = {
    triangle: "8,2 14.5,13.5 1.5,13.5", triangleDown: "8,14 14.5,2.5 1.5,2.5", square: "2.5,2.5 13.5,2.5 13.5,13.5 2.5,13.5",
    diamond: "8,1 15,8 8,15 1,8", hexagon: "15,8 11.5,14 4.5,14 1,8 4.5,2 11.5,2",
  };
  function shapeIcon({ shape, fill, border }) {
    const paint = { fill, stroke: border === "#ffffff" ? fill : border, "stroke-width": 1.5 };
    return svg(16, 16, shape === "dot" ? ["circle", { cx: 8, cy: 8, r: 6.2, ...paint }] : ["polygon", { points: POLYGONS[shape], ...paint }]);
  }

  function lineIcon(colour, mark, dashed) {
    const parts = [["line", { x1: 1, y1: 8, x2: 29, y2: 8, stroke: colour, "stroke-width": 2.4, "stroke-dasharray": dashed ? "5 4" : "none" }]];
    if (mark === "arrow") parts.push(["polygon", { points: "31,8 22,3.5 22,12.5", fill: colour }]);
    if (mark === "bar") parts.push(["line", { x1: 30, y1: 2.5, x2: 30, y2: 13.5, stroke: colour, "stroke-width": 3 }]);
    if (mark === "vee") parts.push(["polyline", { points: "23,3.5 30,8 23,12.5", fill: "none", stroke: colour, "stroke-width": 2 }]);
    return svg(32, 16, ...parts);
  }

  function entry(dimension, name, { label, count, icon, note, title }) {
    const box = kg.el("input", { type: "checkbox", "data-dimension": dimension, "data-name": name });
    box.addEventListener("change", () => {
      kg.state.off[dimension][box.checked ? "delete" : "add"](name);
      kg.update();
    });
    return kg.el("label", { class: "entry", title }, box, icon, kg.el("span", { class: "name" }, label, note ? kg.el("small", { text: " " + note }) : ""),
      kg.el("span", { class: "count", text: count.toLocaleString("en") }));
  }

  function section(heading, entries, { icon, dimension, names } = {}) {
    const title = kg.el("h3", {}, icon, kg.el("span", { text: heading }));
    if (names && names.length > 1) {
      const all = kg.el("button", { type: "button", class: "toggle-all", text: "none", "aria-label": heading + ": none" });
      const anyOn = () => names.some((name) => !kg.state.off[dimension].has(name));
      all.addEventListener("click", () => {
        const act = anyOn() ? "add" : "delete";
        for (const name of names) kg.state.off[dimension][act](name);
        kg.update();
      });
      kg.listeners.push(() => {
        all.textContent = anyOn() ? "none" : "all";
        all.setAttribute("aria-label", heading + ": " + all.textContent);
      });
      title.append(all);
    }
    return kg.el("section", {}, title, ...entries);
  }

  const count = (test) => kg.data.claims.filter(test).length;
  const typeEntry = (type) => entry("type", type.name, {
    label: type.label, count: count((c) => c.type === type.name), title: type.reads, note: type.shown ? null : "hidden at first" });

  function typeSection(heading, types, icon) {
    return types.length ? section(heading, types.map(typeEntry), { icon, dimension: "type", names: types.map((t) => t.name) }) : null;
  }

  const drawnTypes = (group) => kg.data.types.filter((type) => type.drawn && type.group === group);
  const present = new Set(kg.data.lines.flatMap((line) => [line.source, line.target]));
  const kindCounts = new Map();
  for (const actor of present) kindCounts.set(kg.data.actors[actor].kind, (kindCounts.get(kg.data.actors[actor].kind) || 0) + 1);

  const both = kg.el("span", { class: "pair" }, lineIcon(colours.together, "arrow"), lineIcon(colours.against, "bar"));
  const kinds = kg.data.kinds.filter((kind) => kindCounts.has(kind.name));
  const dimension = (name, order) => order.filter((value) => count((c) => c[name] === value)).map((value) => entry(name, value, {
    label: kg.words(value), count: count((c) => c[name] === value),
    note: name === "modality" && value !== "actual" ? "hidden at first" : null }));
  legend.append(...[
    kg.el("h2", { class: "unseen", text: "Legend and filters" }),
    typeSection("Together", drawnTypes("together"), lineIcon(colours.together, "arrow")),
    typeSection("Against", drawnTypes("against"), lineIcon(colours.against, "bar")),
    typeSection("Changes of side", drawnTypes("switch"), both),
    typeSection("Neither", drawnTypes("neither"), lineIcon(colours.neither, "vee")),
    kg.el("p", { class: "key" }, lineIcon("#4a5563", "", true), kg.el("span", { text: "dashed: every claim is unverified, disputed, not actual or only perhaps of that day" })),
    kg.el("p", { class: "key" }, lineIcon(colours.together, ""), kg.el("span", { text: "no mark at the ends: the tie is mutual; a bar at both: mutual and against. Thicker: more claims" })),
    section("Actors", kinds.map((kind) => entry("kind", kind.name, { label: kg.words(kind.name), count: kindCounts.get(kind.name),
      icon: shapeIcon(kind), note: kind.shown ? null : "hidden at first" })), { dimension: "kind", names: kinds.map((k) => k.name) }),
    section("Certainty", dimension("certainty", ["stated", "unverified", "disputed"])),
    section("Said to be", dimension("modality", ["actual", "planned", "possible", "asked"])),
    typeSection("Not lines: panels and table", kg.data.types.filter((type) => !type.drawn)),
  ].filter(Boolean));

  kg.listeners.push(() => {
    for (const box of legend.querySelectorAll("input")) box.checked = !kg.state.off[box.dataset.dimension].has(box.dataset.name);
  });

  const toggle = document.getElementById("filters");
  toggle.addEventListener("click", () => kg.openFilters(!document.body.classList.contains("filters-open")));
  kg.openFilters = function (open) {
    document.body.classList.toggle("filters-open", open);
    toggle.setAttribute("aria-expanded", String(open));
    if (!open && legend.contains(document.activeElement)) toggle.focus();
  };
})();
