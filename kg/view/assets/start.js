// Put the parts together: counts, view switch, empty state, keys, the address's #state, the first picture.
(function () {
  const byId = (id) => document.getElementById(id);
  const { claims, documents, lines, actors } = kg.data;

  const dates = claims.flatMap((claim) => claim.written || []);
  const year = (day) => kg.fromDay(day).slice(0, -6);
  const range = dates.length ? ", dated " + year(dates.reduce((a, b) => Math.min(a, b))) + " to " + year(dates.reduce((a, b) => Math.max(a, b))) : "";
  const inLines = new Set(lines.flatMap((line) => [line.source, line.target]));
  byId("counts").textContent = kg.plural(claims.length, "claim") + " from " + kg.plural(documents.length, "document") + range + " · " +
    kg.plural(inLines.size, "actor") + " with ties, " + kg.plural(actors.length, "actor, place or people", "actors, places and people") + " in all";

  function setView(view) {
    kg.state.view = view;
    byId("picture").hidden = view !== "picture";
    byId("table").hidden = view !== "table";
    byId("show-picture").setAttribute("aria-pressed", String(view === "picture"));
    byId("show-table").setAttribute("aria-pressed", String(view === "table"));
    kg.update();
    if (view === "picture") window.kgNetwork.redraw();
  }
  byId("show-picture").addEventListener("click", () => setView("picture"));
  byId("show-table").addEventListener("click", () => setView("table"));
  byId("zoom-in").addEventListener("click", () => kg.picture.zoom(1.3));
  byId("zoom-out").addEventListener("click", () => kg.picture.zoom(1 / 1.3));
  byId("zoom-all").addEventListener("click", () => kg.picture.fit());
  byId("show-all").addEventListener("click", () => { kg.firstFilters(); kg.setDay(null); kg.update(); kg.picture.fit(); });

  kg.listeners.push(() => {
    const nothing = kg.state.view === "picture" ? !kg.drawn.size : !kg.status.some((status) => status !== kg.NO);
    byId("empty").hidden = !nothing;
    byId("show-all").hidden = !lines.length;
    byId("empty-text").textContent = !claims.length ? "There are no claims to show." : !lines.length
      ? "None of the claims ties one actor to another. The table lists them."
      : "Nothing to show" + (kg.state.day === null ? "" : " on " + kg.fromDay(kg.state.day)) + " with these filters.";
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.body.classList.contains("filters-open")) kg.openFilters(false);
    else if (kg.state.selected) kg.select(null);
  });

  // #on=2023-11-15&view=table&actor=tnla or &claim=... : enough to send a colleague to the same evidence.
  function readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    kg.state.day = kg.toDay(asked.get("on") || "");
    const actor = actors.findIndex((a) => a.id === asked.get("actor"));
    const claim = claims.findIndex((c) => c.id === asked.get("claim"));
    kg.state.selected = actor >= 0 ? { kind: "actor", id: actor } : claim >= 0 ? { kind: "claim", id: claim } : null;
    return asked.get("view") === "table" ? "table" : "picture";
  }
  function writeAddress() {
    const { day, view, selected } = kg.state;
    const asked = new URLSearchParams();
    if (day !== null) asked.set("on", kg.fromDay(day));
    if (view === "table") asked.set("view", view);
    if (selected && selected.kind === "actor") asked.set("actor", actors[selected.id].id);
    if (selected && selected.kind !== "actor") asked.set("claim", claims[selected.kind === "line" ? kg.lines.get(selected.id).claims[0] : selected.id].id);
    const hash = asked.toString();
    // a page inside a sandboxed frame has no address of its own
    try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); } catch { /* nothing to keep */ }
  }

  kg.firstFilters();
  const view = readAddress();
  setView(view);
  kg.picture.open();
  if (kg.state.selected && kg.state.selected.kind === "actor") kg.picture.focus(kg.state.selected.id);
  let later; // browsers refuse addresses that change many times a second
  kg.listeners.push(() => { clearTimeout(later); later = setTimeout(writeAddress, 150); });
  document.body.dataset.ready = "yes";
})();
