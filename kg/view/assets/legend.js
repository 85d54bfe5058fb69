// The legend is the filter: every entry shows how a thing is drawn, how many there are, and whether it is shown.
(function () {
  const legend = document.getElementById("legend");
  const { shapeIcon, lineIcon } = kg.icons;
  const { colours } = kg.data;
  const { dimensions } = kg.columns;

  function entry(dimension, name, { label, count, icon, note, title }) {
    const box = kg.el("input", { type: "checkbox", "data-dimension": dimension, "data-name": name });
    box.addEventListener("change", () => {
      kg.state.off[dimension][box.checked ? "delete" : "add"](name);
      kg.update();
    });
    return kg.el("label", { class: "entry", title }, box, icon, kg.el("span", { class: "name" }, kg.text(label), note ? kg.el("small", { text: " " + note }) : ""),
      kg.el("span", { class: "count", text: count.toLocaleString("en") }));
  }

  // Switches all entries of a section: for the headings of the signs this is the filter by sign.
  function switchAll(heading, dimension, names) {
    const all = kg.el("button", { type: "button", class: "toggle-all", text: "none" });
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
    return all;
  }

  function section(heading, entries, { icon, dimension, names } = {}) {
    const title = kg.el("h3", {}, icon, kg.el("span", { text: heading }));
    if (names && names.length) title.append(switchAll(heading, dimension, names));
    return kg.el("section", {}, title, ...entries);
  }

  // Long lists stand folded, the most frequent first; with many, a field picks from them.
  const FIRST = 12;
  function longSection(heading, dimension, items) {
    if (items.length < 2) return null;
    const list = kg.el("div");
    let wanted = "", all = false;
    function draw() {
      const found = items.filter(({ label }) => label.toLowerCase().includes(wanted));
      list.replaceChildren(...(all ? found : found.slice(0, FIRST)).map((item) => entry(dimension, item.name, item)));
      if (!all && found.length > FIRST) list.append(kg.el("button", { type: "button", class: "more", text: "Show " + (found.length - FIRST) + " more", on: { click: () => { all = true; draw(); } } }));
      check();
    }
    const details = kg.el("details", { class: "long", "data-section": dimension }, kg.el("summary", {}, kg.el("span", { text: heading }), kg.el("small", { text: " " + items.length })));
    if (items.length > FIRST) details.append(kg.el("input", { type: "search", class: "pick", "aria-label": "Pick from: " + heading, placeholder: "pick", on: { input: (event) => { wanted = event.target.value.toLowerCase(); draw(); } } }));
    details.append(kg.el("p", { class: "key" }, "Show ", switchAll(heading, dimension, items.map(({ name }) => name))), list);
    details.addEventListener("toggle", () => { if (!list.childElementCount) draw(); });
    return details;
  }

  const counts = (dimension) => dimensions[dimension].counts;
  const typeEntry = (type) => entry("type", type.name, { label: type.label, count: counts("type").get(type.name) || 0, title: type.reads, note: type.shown ? null : "hidden at first" });
  function typeSection(heading, types, icon) {
    return types.length ? section(heading, types.map(typeEntry), { icon, dimension: "type", names: types.map((t) => t.name) }) : null;
  }

  const drawnTypes = (group) => kg.data.types.filter((type) => type.drawn && type.group === group);
  const kindCounts = new Map();
  kg.data.actors.forEach(({ kind }, actor) => { if (kg.degree[actor]) kindCounts.set(kind, (kindCounts.get(kind) || 0) + 1); });
  const both = kg.el("span", { class: "pair" }, lineIcon(colours.together, "arrow"), lineIcon(colours.against, "bar"));
  const kinds = kg.data.kinds.filter((kind) => kindCounts.has(kind.name));
  const inNone = kg.data.actors.filter(({ kind }, n) => kg.degree[n] && kind !== "alliance" && !kg.columns.alliancesOf[n].length).length;
  const values = (name) => dimensions[name].names.map((value) => entry(name, value, { label: kg.words(value), count: counts(name).get(value),
    icon: name === "certainty" ? kg.el("span", { class: "doubt " + value, "aria-hidden": "true", text: kg.certainty(value).textContent[0] }) : null,
    note: name === "modality" && value !== "actual" ? "hidden at first" : null }));
  const items = (name, label) => dimensions[name].names.map((value) => ({ name: value, label: label(value), count: counts(name).get(value) }));
  const cut = (text) => (text.length > 80 ? text.slice(0, 80) + "…" : text);
  const alliances = kg.columns.alliances.map((n) => ({ name: kg.data.actors[n].id, label: cut(kg.nameOf(n)), count: kg.columns.members.get(n) }));

  legend.append(...[
    kg.el("h2", { class: "unseen", text: "Legend and filters" }),
    kg.el("button", { type: "button", class: "done", text: "Done", on: { click: () => kg.openFilters(false) } }),
    typeSection("Together", drawnTypes("together"), lineIcon(colours.together, "arrow")),
    typeSection("Against", drawnTypes("against"), lineIcon(colours.against, "bar")),
    typeSection("Changes of side", drawnTypes("switch"), both),
    typeSection("Neither", drawnTypes("neither"), lineIcon(colours.neither, "vee")),
    kg.el("p", { class: "key" }, lineIcon("#4a5563", "", true), kg.el("span", { text: "dashed: every claim is unverified, disputed, not actual or only perhaps of that time" })),
    kg.el("p", { class: "key" }, lineIcon(colours.together, ""), kg.el("span", { text: "no mark at the ends: the tie is mutual; a bar at both: mutual and against. Thicker: more claims" })),
    section("Actors", kinds.map((kind) => entry("kind", kind.name, { label: kg.words(kind.name), count: kindCounts.get(kind.name),
      icon: shapeIcon(kind), note: kind.shown ? null : "hidden at first" })), { dimension: "kind", names: kinds.map((k) => k.name) }),
    section("Certainty", values("certainty")), section("Said to be", values("modality")),
    longSection("Alliances and their members", "alliance", alliances.length ? [...alliances, { name: "", label: "in no alliance", count: inNone }] : []),
    longSection("Who says so", "claimant", items("claimant", (value) => (value ? cut(value) : "documents in their own voice"))),
    longSection("Publishers", "publisher", items("publisher", cut)),
    longSection("Documents", "document", items("document", (value) => cut(kg.data.documents[+value].title))),
    typeSection("Not lines: panels and table", kg.data.types.filter((type) => !type.drawn)),
    kg.el("details", { class: "keys" }, kg.el("summary", { text: "By keyboard" }), kg.el("p", { class: "key", text: document.getElementById("keys-help").textContent })),
  ].filter(Boolean));

  function check() {
    for (const box of legend.querySelectorAll("input[data-name]")) box.checked = !kg.state.off[box.dataset.dimension].has(box.dataset.name);
    for (const details of legend.querySelectorAll("details.long")) details.classList.toggle("active", kg.state.off[details.dataset.section].size > 0);
  }
  kg.listeners.push(check);

  const toggle = document.getElementById("filters");
  toggle.addEventListener("click", () => kg.openFilters(!document.body.classList.contains("filters-open")));
  kg.openFilters = function (open) {
    document.body.classList.toggle("filters-open", open);
    toggle.setAttribute("aria-expanded", String(open));
    if (!open && legend.contains(document.activeElement)) toggle.focus();
  };
})();
