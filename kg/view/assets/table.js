// The table twin: whatever is shown as claims, ties or actors, sortable; each row opens its evidence.
(function () {
  const place = document.getElementById("table");
  const PAGE = 300;
  let limit = PAGE, drawnFor = null;

  const tabs = kg.el("div", { class: "segments", role: "group", "aria-label": "Table of" }, ...Object.keys(kg.tables).map((name) =>
    kg.el("button", { type: "button", "data-table": name, text: name[0].toUpperCase() + name.slice(1), on: { click: () => { kg.state.table = name; kg.state.sorted = null; kg.update(); } } })));
  const body = kg.el("div");
  place.append(tabs, body);

  function cell(table, row, [title, value], i) {
    const text = value(row);
    const shown = text.length > 400 ? text.slice(0, 400) + "…" : text;
    if (title !== table.opens) return kg.el("td", { class: title === "Date" ? "date" : table.wide.includes(title) ? "wide" : i && /^-?\d+$/.test(text) ? "number" : null, title: text.length > 400 ? "cut: the panel has all of it" : null }, kg.text(shown));
    const open = (event) => { event.stopPropagation(); kg.select(table.select(row)); document.getElementById("panel").focus(); };
    return kg.el("td", { class: "wide" }, kg.el("button", { type: "button", class: "verb " + table.group(row), on: { click: open } }, kg.text(shown)));
  }

  function draw() {
    if (kg.state.view !== "table") return;
    const table = kg.tables[kg.state.table];
    if (drawnFor !== kg.state.table) [limit, drawnFor] = [PAGE, kg.state.table];
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.table === kg.state.table));
    const { rows, column, down } = kg.sortedRows(table);
    const columns = table.columns.filter(([title]) => title !== "At this time" || kg.state.mode !== "all");
    const head = kg.el("tr", {}, ...columns.map(([title]) => kg.el("th", { scope: "col", "aria-sort": title === column ? (down ? "descending" : "ascending") : "none" },
      kg.el("button", { type: "button", text: title, on: { click: () => sortBy(title, column === title && !down) } }))));
    const { selected } = kg.state;
    const lines = rows.slice(0, limit).map((row) => {
      const own = table.select(row);
      return kg.el("tr", { class: selected && own.kind === selected.kind && own.id === selected.id ? "chosen" : null, on: { click: () => kg.select(own) } }, ...columns.map((c, i) => cell(table, row, c, i)));
    });
    const top = place.scrollTop;
    body.replaceChildren(kg.el("table", {}, kg.el("caption", { text: kg.plural(rows.length, table.label) + " · " + kg.timeWords() + (rows.length > limit ? ", the first " + limit + " shown" : "") }),
      kg.el("thead", {}, head), kg.el("tbody", {}, ...lines)));
    if (rows.length > limit) body.append(kg.el("button", { type: "button", class: "more", text: "Show more", on: { click: () => { limit += PAGE; draw(); } } }));
    place.scrollTop = top;
  }

  function sortBy(title, down) {
    kg.state.sorted = { column: title, down };
    kg.update();
    [...body.querySelectorAll("th button")].find((made) => made.textContent === title).focus();
  }

  kg.listeners.push(draw);
})();
