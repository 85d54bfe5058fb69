// Put the parts together: counts, view switch, empty state, keys, the first picture.
(function () {
  const byId = (id) => document.getElementById(id);
  const { claims, documents, lines, actors } = kg.data;

  const dates = claims.flatMap((claim) => claim.written || []);
  const year = (day) => kg.fromDay(day).slice(0, -6);
  const range = dates.length ? ", dated " + year(dates.reduce((a, b) => Math.min(a, b))) + " to " + year(dates.reduce((a, b) => Math.max(a, b))) : "";
  const inLines = new Set(lines.flatMap((line) => [line.source, line.target]));
  byId("counts").textContent = kg.plural(claims.length, "claim") + " from " + kg.plural(documents.length, "document") + range + " · " +
    kg.plural(inLines.size, "actor") + " with ties, " + kg.plural(actors.length, "actor, place or people", "actors, places and people") + " in all";

  if (kg.data.server && kg.data.server.told) byId("counts").prepend(kg.el("strong", { text: kg.data.server.told }), " ");

  kg.showView = function () {
    const { view } = kg.state;
    byId("picture").hidden = view !== "picture";
    byId("table").hidden = view !== "table";
    byId("show-picture").setAttribute("aria-pressed", String(view === "picture"));
    byId("show-table").setAttribute("aria-pressed", String(view === "table"));
  };
  function setView(view) {
    kg.state.view = view;
    kg.showView();
    kg.update();
  }
  byId("show-picture").addEventListener("click", () => setView("picture"));
  byId("show-table").addEventListener("click", () => setView("table"));
  byId("zoom-in").addEventListener("click", () => kg.picture.zoom(1.3));
  byId("zoom-out").addEventListener("click", () => kg.picture.zoom(1 / 1.3));
  byId("zoom-all").addEventListener("click", () => kg.picture.fit());
  byId("show-all").addEventListener("click", () => {
    kg.firstFilters();
    kg.setTime("all");
    kg.scope.everything();
    kg.picture.fit();
  });

  kg.listeners.push(() => {
    const nothing = kg.state.view === "picture" ? !kg.shownActors.size : kg.state.table === "claims" && !claims.some((_, n) => kg.listed(n));
    byId("empty").hidden = !nothing;
    byId("show-all").hidden = !lines.length;
    byId("empty-text").textContent = !claims.length ? "There are no claims to show." : !lines.length
      ? "None of the claims ties one actor to another. The table lists them."
      : "Nothing to show" + (kg.state.mode === "all" ? "" : kg.state.mode === "day" ? " on " + kg.fromDay(kg.state.day) : " at this time") + " with these filters.";
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (byId("export").open) byId("export").open = false;
    else if (document.body.classList.contains("filters-open")) kg.openFilters(false);
    else if (kg.pathFrom !== null) { kg.endPath(); kg.update(); }
    else if (kg.state.selected) { kg.select(null); if (kg.state.view === "picture") kg.picture.enter(); }
  });

  kg.address.read();
  kg.showView();
  kg.update();
  if (kg.state.scope.size) kg.picture.fit();
  else kg.picture.open();
  const chosenHere = kg.state.selected && kg.state.selected.kind === "actor" && !kg.data.server?.asked.length; // around an actor the whole is the answer
  if (chosenHere) kg.picture.focus(kg.state.selected.id);
  kg.address.start();
  document.body.dataset.ready = "yes";
})();
