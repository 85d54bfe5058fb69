// Everything that is asked for stands in the address, so that a link shows the same; each step can be undone through the browser's history.
kg.address = (function () {
  const { actors, claims } = kg.data;
  const actorOf = new Map(actors.map(({ id }, n) => [id, n]));
  const claimOf = new Map(claims.map(({ id }, n) => [id, n]));
  const MODES = ["day", "range", "compare"];
  const whole = (text) => (/^-?\d{1,6}$/.test(text) ? +text : null);

  function write() {
    const { mode, day, until, view, table, sorted, selected, scope, hidden, folded, path, pins, kept, off } = kg.state;
    const asked = new URLSearchParams();
    if (mode !== "all") asked.set("on", kg.fromDay(day));
    if (mode === "range") asked.set("to", kg.fromDay(until));
    if (mode === "compare") asked.set("against", kg.fromDay(until));
    if (view === "table") asked.set("view", view);
    if (table !== "claims") asked.set("table", table);
    if (sorted) asked.set("sort", (sorted.down ? "-" : "") + sorted.column);
    if (selected && selected.kind === "actor") asked.set("actor", actors[selected.id].id);
    if (selected && selected.kind === "claim") asked.set("claim", claims[selected.id].id);
    if (selected && selected.kind === "line" && kg.lines.has(selected.id)) asked.set("tie", (kg.lines.get(selected.id).sign ?? 0) + ":" + claims[kg.lines.get(selected.id).claims[0]].id);
    for (const [actor, steps] of scope) asked.append("around", steps + ":" + actors[actor].id);
    for (const actor of hidden) asked.append("hide", actors[actor].id);
    for (const actor of folded) asked.append("fold", actors[actor].id);
    if (path) for (const actor of path) asked.append("path", actors[actor].id);
    for (const [actor, [x, y]] of pins) asked.append("pin", x + ":" + y + ":" + actors[actor].id);
    for (const [actor, [x, y]] of kept) asked.append("at", x + ":" + y + ":" + actors[actor].id);
    const first = kg.firstOff(); // filters: only what differs from the first ones
    for (const [name, values] of Object.entries(off)) {
      for (const value of values) if (!first[name].has(value)) asked.append("no." + name, value);
      for (const value of first[name]) if (!values.has(value)) asked.append("with." + name, value);
    }
    return asked.toString();
  }

  // What goes along to the server's page around an actor: time, filters, and where everybody stands.
  function carried(id) {
    const asked = new URLSearchParams(write());
    for (const name of ["actor", "claim", "tie", "around", "path"]) asked.delete(name);
    asked.delete("at");
    for (const actor of kg.shownActors) if (!kg.state.pins.has(actor)) asked.append("at", kg.places.of(actor).map(Math.round).join(":") + ":" + actors[actor].id);
    asked.append("actor", id);
    return asked.toString();
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const { state } = kg;
    const all = (name) => asked.getAll(name);
    const known = (name) => all(name).map((id) => actorOf.get(id)).filter((n) => n !== undefined);
    const split = (text, parts) => { const found = text.split(":"); return [...found.slice(0, parts - 1), found.slice(parts - 1).join(":")]; };
    const day = kg.toDay(asked.get("on") || "");
    const end = kg.toDay(asked.get("to") || asked.get("against") || "");
    const mode = day === null ? "all" : end === null ? "day" : asked.has("to") ? "range" : "compare";
    Object.assign(state, { mode: MODES.includes(mode) ? mode : "all", day, until: mode === "range" || mode === "compare" ? end : null });
    state.view = asked.get("view") === "table" ? "table" : "picture";
    state.table = asked.get("table") in kg.tables ? asked.get("table") : "claims";
    const sort = asked.get("sort");
    const column = sort && sort.replace(/^-/, "");
    state.sorted = column && kg.tables[state.table].columns.some(([title]) => title === column) ? { column, down: sort.startsWith("-") } : null;
    state.scope = new Map(all("around").map((text) => split(text, 2)).map(([steps, id]) => [actorOf.get(id), whole(steps)]).filter(([actor, steps]) => actor !== undefined && steps > 0));
    state.hidden = new Set(known("hide"));
    state.folded = new Set(known("fold"));
    const path = known("path");
    state.path = path.length === 2 ? path : null;
    const placesIn = (name) => new Map(all(name).map((text) => split(text, 3)).map(([x, y, id]) => [actorOf.get(id), [whole(x), whole(y)]])
      .filter(([actor, [x, y]]) => actor !== undefined && kg.degree[actor] && x !== null && y !== null));
    state.pins = placesIn("pin");
    state.kept = placesIn("at");
    kg.firstFilters();
    for (const name of Object.keys(state.off)) {
      for (const value of all("no." + name)) state.off[name].add(value);
      for (const value of all("with." + name)) state.off[name].delete(value);
    }
    state.selected = selection(asked);
  }

  function selection(asked) {
    const actor = actorOf.get(asked.get("actor")), claim = claimOf.get(asked.get("claim"));
    const [sign, id] = (asked.get("tie") || ":").split(":");
    const line = claimOf.has(id) ? kg.linesOf[claimOf.get(id)].find((l) => String(kg.lines.get(l).sign) === sign) : undefined;
    if (actor !== undefined) return { kind: "actor", id: actor };
    if (claim !== undefined) return { kind: "claim", id: claim };
    if (line !== undefined) return { kind: "line", id: line };
    return kg.state.path ? { kind: "path", id: 0 } : null;
  }

  // One step of the history for each thing done; none for each day that a handle passes.
  let later, step = 0, wasSmooth = false;
  const buttons = [document.getElementById("undo"), document.getElementById("redo")];
  let furthest = 0;
  function mark() { buttons[0].disabled = step === 0; buttons[1].disabled = step >= furthest; }
  function save() {
    const hash = write();
    if (hash === location.hash.slice(1)) return;
    const address = hash ? "#" + hash : location.pathname + location.search;
    // a page inside a sandboxed frame has no address of its own
    try {
      if (kg.smooth && wasSmooth) history.replaceState({ step }, "", address);
      else { history.pushState({ step: step + 1 }, "", address); furthest = ++step; }
    } catch { /* nothing to keep */ }
    wasSmooth = kg.smooth;
    mark();
  }
  function follow() { clearTimeout(later); later = setTimeout(save, 150); } // browsers refuse addresses that change many times a second
  function start() {
    try { history.replaceState({ step: 0 }, "", location.href); } catch { /* nothing to keep */ }
    kg.listeners.push(follow);
    window.addEventListener("popstate", (event) => {
      clearTimeout(later);
      step = event.state ? event.state.step : furthest = step + 1;
      read();
      kg.showView();
      kg.update();
      clearTimeout(later);
      mark();
    });
    buttons[0].addEventListener("click", () => history.back());
    buttons[1].addEventListener("click", () => history.forward());
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || /^(TEXTAREA|INPUT)$/.test(event.target.tagName)) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey && step) { event.preventDefault(); history.back(); }
      if ((key === "y" || (key === "z" && event.shiftKey)) && step < furthest) { event.preventDefault(); history.forward(); }
    });
    mark();
  }
  return { read, start, carried };
})();
