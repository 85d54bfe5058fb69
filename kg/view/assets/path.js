// The shortest way between two actors over the lines of the time shown; of equals the best attested, with its weakest link named.
(function () {
  const CERTAINTY = { disputed: 0, unverified: 1, stated: 2 };

  // How well a line is attested, larger is better: its best certainty, whether it surely held, how many documents say so.
  function strength(id) {
    const { claims } = kg.lit.get(id);
    const best = Math.max(...claims.map((n) => CERTAINTY[kg.data.claims[n].certainty]));
    const surely = claims.some((n) => kg.status[n] === kg.YES) ? 1 : 0;
    return [best, surely, new Set(claims.map((n) => kg.data.claims[n].document)).size];
  }
  const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  const weaker = (a, b) => (compare(a, b) < 0 ? a : b);

  kg.findPath = function (near, from, to) {
    if (from === to || !near.has(from) || !near.has(to)) return null;
    const best = new Map([[from, { weakest: [9, 9, 9], back: null }]]);
    let edge = [from];
    while (edge.length && !best.has(to)) {
      const next = new Map();
      for (const actor of edge) {
        for (const [other, line] of near.get(actor)) {
          if (best.has(other)) continue;
          const attested = strength(line);
          const weakest = weaker(best.get(actor).weakest, attested);
          const known = next.get(other);
          if (!known || compare(weakest, known.weakest) > 0) next.set(other, { weakest, back: [actor, line, attested] });
        }
      }
      for (const [actor, found] of next) best.set(actor, found);
      edge = [...next.keys()];
    }
    if (!best.has(to)) return null;
    const steps = [];
    for (let at = to; best.get(at).back; at = best.get(at).back[0]) steps.unshift({ from: best.get(at).back[0], to: at, line: best.get(at).back[1], attested: best.get(at).back[2] });
    const weakest = steps.reduce((worst, step) => (compare(step.attested, worst.attested) < 0 ? step : worst));
    return { steps, weakest, actors: new Set([from, ...steps.map((step) => step.to)]), lines: new Set(steps.map((step) => step.line)) };
  };

  // Two clicks: first the one, then the other.
  kg.pathFrom = null;
  kg.askPath = function (actor) {
    kg.pathFrom = actor;
    const find = document.getElementById("find");
    find.placeholder = "Path from " + kg.data.actors[actor].label + " to …";
    find.focus();
    kg.say("Path from " + kg.shortName(actor) + ": choose the other actor");
  };
  kg.endPath = function () {
    kg.pathFrom = null;
    document.getElementById("find").placeholder = "Find by name or abbreviation";
  };
  // Every choice of an actor goes through here.
  kg.choose = function (actor) {
    const from = kg.pathFrom;
    if (from === null) return kg.select({ kind: "actor", id: actor });
    kg.endPath();
    if (from === actor) return kg.select({ kind: "actor", id: actor });
    kg.state.path = [from, actor];
    kg.select({ kind: "path", id: 0 });
    kg.picture.showActors(kg.way ? [...kg.way.actors] : []);
  };

  kg.pathPanel = function (actorButton) {
    const [from, to] = kg.state.path;
    const parts = [kg.el("p", { class: "kind", text: "Path · " + kg.timeWords() }), kg.el("h2", {}, actorButton(from), " to ", actorButton(to))];
    if (!kg.way) return [...parts, kg.el("p", { class: "notice", text: "No way leads from one to the other over the ties that are shown at this time. Choose another day or show more types." })];
    const list = kg.el("ol", { class: "steps-list" });
    for (const step of kg.way.steps) {
      const { type, sign, source } = kg.lines.get(step.line);
      const [best, surely, documents] = step.attested;
      const weakest = step === kg.way.weakest;
      const word = Object.keys(CERTAINTY).find((name) => CERTAINTY[name] === best);
      list.append(kg.el("li", { class: weakest ? "weakest" : null },
        actorButton(step.from), kg.el("span", { class: "verb " + kg.types.get(type).group, text: (source === step.from ? " → " : " ← ") + kg.types.get(type).label + " " + (sign > 0 ? "+" : sign < 0 ? "−" : "0") + " " }), actorButton(step.to),
        kg.el("p", { class: "facts" }, kg.certainty(word), " · " + (kg.state.mode === "all" ? "" : surely ? "surely at this time · " : "perhaps at this time · ") + kg.plural(documents, "document"),
          weakest ? kg.el("strong", { text: " · weakest evidence" }) : "", " ",
          kg.el("button", { type: "button", class: "plain", text: "read it", on: { click: () => kg.select({ kind: "line", id: step.line }) } }))));
    }
    const signs = kg.way.steps.map((step) => kg.lines.get(step.line).sign);
    const product = signs.reduce((a, b) => a * b, 1);
    parts.push(kg.el("p", { class: "sum", text: kg.plural(signs.length, "step") + (product > 0 ? "; the signs multiply to +" : product < 0 ? "; the signs multiply to −" : "; a step has no sign, so neither has the way") }), list);
    const word = kg.lineWords(kg.way.weakest.line);
    parts.push(kg.el("p", { class: "notice" }, "No stronger than its weakest evidence: ", kg.text(word)));
    return parts;
  };
})();
