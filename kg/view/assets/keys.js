// The picture by keyboard: a ring roves over actors by direction and over their ties; what it stands on is said and can be opened.
(function () {
  const { network } = kg.picture;
  const surface = document.querySelector("#canvas .vis-network");
  const picture = surface.querySelector("canvas");
  picture.setAttribute("aria-hidden", "true");
  surface.setAttribute("role", "application");
  surface.setAttribute("aria-roledescription", "network");
  surface.setAttribute("aria-describedby", "keys-help");
  surface.tabIndex = 0;
  let at = null; // the actor under the ring
  let line = null; // or one of its ties

  kg.actorWords = function (actor) {
    const ties = [...kg.drawn.keys()].filter((id) => [kg.lines.get(id).source, kg.lines.get(id).target].includes(actor)).length;
    return kg.shortName(actor) + " · " + kg.words(kg.data.actors[actor].kind) + " · " + kg.plural(kg.claimsOf[actor].length, "claim") + ", " + kg.plural(ties, "tie") + " shown";
  };

  const placeOf = (actor) => { const [x, y] = kg.places.of(actor); return { x, y }; };
  function middle() {
    const { x, y } = network.getViewPosition();
    const far = (actor) => Math.hypot(placeOf(actor).x - x, placeOf(actor).y - y);
    return [...kg.shownActors].reduce((best, actor) => (best === null || far(actor) < far(best) ? actor : best), null);
  }

  // The next actor in a direction: near, and not far to the side.
  function towards(dx, dy) {
    const from = placeOf(at);
    let best = null, least = Infinity;
    for (const actor of kg.shownActors) {
      const to = placeOf(actor), [x, y] = [to.x - from.x, to.y - from.y];
      const along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
      if (along > 1 && aside <= along * 1.5 && along + 2 * aside < least) { best = actor; least = along + 2 * aside; }
    }
    return best;
  }

  function go(actor) {
    if (actor === null) return;
    [at, line] = [actor, null];
    const seen = network.canvasToDOM(placeOf(actor));
    if (seen.x < 60 || seen.y < 60 || seen.x > surface.clientWidth - 60 || seen.y > surface.clientHeight - 60) network.moveTo({ position: placeOf(actor), animation: { duration: 150 } });
    tell(kg.actorWords(actor));
  }
  function tell(words) { kg.picture.tell(words); kg.say(words); network.redraw(); }

  function nextTie(step) {
    const own = [...kg.drawn.keys()].filter((id) => [kg.lines.get(id).source, kg.lines.get(id).target].includes(at));
    if (!own.length) return;
    line = own[(own.indexOf(line) + step + own.length + (line === null && step < 0 ? 1 : 0)) % own.length];
    tell(kg.lineWords(line));
  }

  const ACTS = {
    ArrowRight: () => go(towards(1, 0)), ArrowLeft: () => go(towards(-1, 0)), ArrowDown: () => go(towards(0, 1)), ArrowUp: () => go(towards(0, -1)),
    n: () => nextTie(1), p: () => nextTie(-1),
    Enter: () => { if (line !== null) kg.select({ kind: "line", id: line }); else kg.choose(at); kg.picture.focus(at); document.getElementById("panel").focus(); },
    e: () => kg.scope.wider(at), c: () => kg.scope.narrower(at), o: () => kg.scope.only(at), h: () => { const gone = at; at = null; kg.scope.hide(gone); },
    f: () => { if (kg.columns.members.has(at)) kg.scope.fold(at); }, t: () => kg.askPath(at),
    "+": () => kg.picture.zoom(1.3), "=": () => kg.picture.zoom(1.3), "-": () => kg.picture.zoom(1 / 1.3), 0: () => kg.picture.fit(),
  };
  surface.addEventListener("keydown", (event) => {
    const act = ACTS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (at === null || !kg.shownActors.has(at)) {
      go(middle());
      if (at === null || event.key.startsWith("Arrow")) return;
    }
    act();
  });
  surface.addEventListener("focus", () => { if (surface.matches(":focus-visible") && at !== null) network.redraw(); });
  surface.addEventListener("blur", () => { kg.picture.tell(""); network.redraw(); });

  network.on("afterDrawing", (pen) => {
    if (at === null || document.activeElement !== surface || !kg.shownActors.has(at)) return;
    const ring = (x, y, radius) => {
      pen.save();
      pen.lineWidth = 3 / network.getScale();
      pen.strokeStyle = "#1b2530";
      pen.setLineDash([6, 4].map((length) => length / network.getScale()));
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.stroke();
      pen.restore();
    };
    const edge = line !== null && network.body.edges[line];
    if (edge) { const { x, y } = edge.edgeType.getPoint(0.5); ring(x, y, 14 / network.getScale()); }
    else { const { x, y } = placeOf(at); ring(x, y, kg.picture.nodeLooks(at).size + 8); }
  });

  kg.listeners.push(() => {
    if (line !== null && !kg.drawn.has(line)) line = null;
    surface.setAttribute("aria-label", "Network of " + kg.plural(kg.shownActors.size, "actor") + " and " + kg.plural(kg.drawn.size, "line") + ". The table lists the same.");
  });
})();
