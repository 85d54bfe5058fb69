// The table twin: the claims shown, one row each, sortable; each row opens its evidence.
(function () {
  const place = document.getElementById("table");
  const COLUMNS = [
    ["Date", (c) => c.date || "", (c) => (c.date ? c.window[0] ?? -Infinity : NaN)], ["Claim", (c) => kg.types.get(c.type).label],
    ["Who", (c) => side(c, 0)], ["Whom or what", (c) => side(c, 1)],
    ["Place", (c) => (c.roles.place === undefined ? "" : kg.nameOf(c.roles.place))],
    ["Count", (c) => (c.count || "") + (c.outcome ? " " + c.outcome : ""), (c) => parseFloat((c.count || "").replace(/^[<~]/, ""))],
    ["Reservations", (c) => kg.doubts(c).join(", ")], ["Says", (c) => c.by || ""], ["Source", kg.source],
  ];
  const WIDE = new Set(["Who", "Whom or what", "Source"]);
  const PAGE = 300;
  let sorted = { column: 0, down: false };
  let limit = PAGE;

  function side(claim, which) {
    const actor = kg.sides(claim)[which];
    const from = which && claim.roles.from !== undefined && claim.roles.from !== kg.sides(claim)[0] ? claim.roles.from : undefined;
    const parts = [];
    if (actor !== undefined) parts.push(kg.nameOf(actor));
    if (from !== undefined) parts.push("from " + kg.nameOf(from));
    return parts.join(", ");
  }

  function rows() {
    const [, value, key] = COLUMNS[sorted.column]; // a key, where there is one, is a number
    const list = kg.data.claims.map((claim, n) => n).filter((n) => kg.status[n] !== kg.NO);
    const direction = sorted.down ? -1 : 1;
    const text = new Map(list.map((n) => [n, key ? key(kg.data.claims[n]) : value(kg.data.claims[n])]));
    const none = (v) => v === "" || Number.isNaN(v);
    return list.sort((a, b) => {
      const [x, y] = [text.get(a), text.get(b)];
      if (none(x) || none(y)) return none(x) - none(y) || a - b; // the unknown stands last both ways
      const order = key ? x - y : x.localeCompare(y, "en");
      return order * direction || a - b;
    });
  }

  function draw() {
    if (kg.state.view !== "table") return;
    const list = rows();
    const head = kg.el("tr", {}, ...COLUMNS.map(([title], i) => kg.el("th", {
      scope: "col", "aria-sort": i === sorted.column ? (sorted.down ? "descending" : "ascending") : "none" },
      kg.el("button", { type: "button", text: title, on: { click: () => sortBy(i) } }))));
    const body = list.slice(0, limit).map((n) => {
      const claim = kg.data.claims[n];
      const open = () => kg.select({ kind: "claim", id: n });
      const cells = COLUMNS.map(([title, value], i) => {
        if (title === "Claim") {
          return kg.el("td", {}, kg.el("button", { type: "button", class: "verb " + kg.types.get(claim.type).group, text: value(claim),
            on: { click: (event) => { event.stopPropagation(); open(); document.getElementById("panel").focus(); } } }));
        }
        return kg.el("td", { class: i === 0 ? "date" : WIDE.has(title) ? "wide" : null }, kg.text(value(claim)));
      });
      const chosen = kg.state.selected && kg.state.selected.kind === "claim" && kg.state.selected.id === n;
      return kg.el("tr", { class: chosen ? "chosen" : null, on: { click: open } }, ...cells);
    });
    const table = kg.el("table", {}, kg.el("caption", { text: kg.plural(list.length, "claim") +
      (list.length > limit ? ", the first " + limit + " shown" : "") }), kg.el("thead", {}, head), kg.el("tbody", {}, ...body));
    const top = place.scrollTop;
    place.replaceChildren(table);
    if (list.length > limit) {
      place.append(kg.el("button", { type: "button", class: "more", text: "Show more", on: { click: () => { limit += PAGE; draw(); } } }));
    }
    place.scrollTop = top;
  }

  function sortBy(column) {
    sorted = { column, down: sorted.column === column ? !sorted.down : false };
    draw();
    place.querySelectorAll("th button")[column].focus();
  }

  kg.listeners.push(draw);
})();
