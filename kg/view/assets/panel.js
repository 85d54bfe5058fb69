// The evidence panel: of a line, of a claim, of an actor, of a path.
(function () {
  const panel = document.getElementById("panel");
  let shownFor = null;

  // Newest first would hide how it began: cards stand in the order of their first possible day, undated last.
  function inOrder(numbers) {
    const first = (n) => (kg.data.claims[n].date ? kg.data.claims[n].window[0] ?? -Infinity : Infinity);
    return [...numbers].sort((a, b) => (first(a) === first(b) ? a - b : first(a) - first(b)));
  }

  const FIRST = 25;
  function cards(numbers, known) {
    const list = kg.el("div", {}, ...inOrder(numbers).slice(0, FIRST).map((n) => kg.card(n, known)));
    const rest = inOrder(numbers).slice(FIRST);
    if (rest.length) {
      const more = kg.el("button", { type: "button", class: "more", text: "Show " + rest.length + " more",
        on: { click: () => { more.remove(); list.append(...rest.map((n) => kg.card(n, known))); } } });
      list.append(more);
    }
    return list;
  }

  function withStatus(numbers) {
    return { shown: numbers.filter((n) => kg.told[n] !== kg.NO), hidden: numbers.filter((n) => kg.told[n] === kg.NO) };
  }

  // What opens only when asked for.
  function folded(attributes, summary, build) {
    const details = kg.el("details", attributes, summary);
    details.addEventListener("toggle", () => { if (details.open && details.childElementCount === 1) details.append(build()); });
    return details;
  }

  function hiddenCards(hidden, known) {
    if (!hidden.length) return null;
    const summary = kg.el("summary", { text: kg.plural(hidden.length, "more claim") + " of another day, certainty, modality or source" });
    return folded({ class: "hidden" }, summary, () => cards(hidden, known));
  }

  function ofLine(id) {
    const line = kg.lines.get(id);
    const type = kg.types.get(line.type);
    const { shown, hidden } = withStatus(line.claims);
    const sources = new Set(line.claims.map((n) => kg.data.claims[n].document)).size;
    return [
      kg.el("p", { class: "kind", text: type.label + ": " + type.reads }),
      kg.el("h2", {}, kg.actorButton(line.source), kg.el("span", { class: "verb " + type.group, text: " " + type.label + " " }), kg.actorButton(line.target)),
      kg.el("p", { class: "sum", text: kg.plural(line.claims.length, "claim") + " in " + kg.plural(sources, "document") + (line.of ? ", of the members too" : "") }),
      kg.opposites(id), kg.marksKey(), cards(shown, line.of ? undefined : line), hiddenCards(hidden, line),
    ];
  }

  function neighbours(number) {
    const found = new Map();
    for (const [id] of kg.lit) {
      const { source, target, sign } = kg.lines.get(id);
      if (source !== number && target !== number) continue;
      const other = source === number ? target : source;
      if (!found.has(other)) found.set(other, new Set());
      found.get(other).add(sign);
    }
    if (!found.size) return null;
    const words = (signs) => [[1, "together"], [-1, "against"], [0, "neither"]].filter(([sign]) => signs.has(sign)).map(([, word]) => word).join(" and ");
    return folded({ class: "group" }, kg.el("summary", {}, kg.el("span", { class: "verb", text: "Neighbours" }), " " + found.size),
      () => kg.el("ul", { class: "neighbours" }, ...[...found].sort((a, b) => kg.degree[b[0]] - kg.degree[a[0]]).slice(0, 200)
        .map(([other, signs]) => kg.el("li", {}, kg.actorButton(other), kg.el("small", { text: " " + words(signs) })))));
  }

  // What can be done with an actor in the picture.
  function tools(number) {
    const { scope, folded: shut } = kg.state;
    const steps = scope.get(number) ?? 0;
    const button = (text, act, label) => kg.el("button", { type: "button", text, "aria-label": label, "data-tool": text, on: { click: act } });
    const members = kg.columns.members.get(number);
    return kg.el("div", { class: "tools", role: "group", "aria-label": "In the picture" }, ...[
      button("Only its neighbours", () => { kg.scope.only(number); kg.picture.fit(); }),
      scope.size ? button("Expand", () => { kg.scope.wider(number); kg.picture.fit(); }, "Expand: one step more around it") : null,
      steps ? button("Collapse", () => { kg.scope.narrower(number); kg.picture.fit(); }, "Collapse: one step fewer around it") : null,
      steps ? kg.el("span", { class: "count", text: kg.plural(steps, "step") }) : null,
      members ? button(shut.has(number) ? "Open members" : "Fold members", () => kg.scope.fold(number)) : null,
      button("Path to …", () => kg.askPath(number)), button("Hide", () => kg.scope.hide(number)),
    ].filter(Boolean));
  }

  // What the server can add to the picture, where there is one. The address is made when it is followed: it takes along what is set then.
  const MOST_ASKED = 8;
  function elsewhere(id) {
    if (!kg.data.server) return null;
    const { asked } = kg.data.server, here = asked.includes(id), others = asked.filter((other) => other !== id);
    const link = (ids, text) => {
      const made = kg.el("a", { href: kg.askAround(ids), text });
      for (const event of ["pointerdown", "focus", "click"]) made.addEventListener(event, () => { made.href = kg.askAround(ids); });
      return made;
    };
    return kg.el("p", { class: "server" }, ...[
      here && !others.length ? null : link([id], "All its ties"),
      here ? (others.length ? link(others, "Take its ties out") : null) : asked.length && asked.length < MOST_ASKED ? link([...asked, id], "Add its ties to these") : null,
      here && !others.length ? kg.el("span", { text: "Its ties are here." }) : null,
    ].filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part])), kg.el("small", { text: " from the server" }));
  }

  function ofActor(number) {
    const actor = kg.data.actors[number];
    const numbers = kg.claimsOf[number];
    const documents = new Set(numbers.map((n) => kg.data.claims[n].document)).size;
    const parts = [kg.el("p", { class: "kind", text: kg.words(actor.kind) }), kg.el("h2", {}, kg.cut(actor.name, 200))];
    if (actor.names.length) {
      const names = kg.el("p", { class: "names" }, "Also ");
      actor.names.slice(0, 30).forEach((name, i) => names.append(i ? ", " : "", kg.cut(name, 120)));
      parts.push(names);
    }
    parts.push(kg.el("p", { class: "sum", text: kg.plural(numbers.length, "claim") + " in " + kg.plural(documents, "document") }));
    if (kg.degree[number]) parts.push(tools(number));
    parts.push(elsewhere(actor.id));
    const inside = kg.inside.get(number);
    if (inside) parts.push(kg.el("p", { class: "notice" }, "Folded into it: ", ...inside.flatMap((member, i) => [i ? ", " : "", kg.actorButton(member)])));
    parts.push(notDrawn(number), kg.lane(number), neighbours(number));
    const { shown, hidden } = withStatus(numbers);
    if (shown.length) parts.push(kg.marksKey());
    for (const type of kg.data.types) {
      const own = shown.filter((n) => kg.data.claims[n].type === type.name);
      if (!own.length) continue;
      parts.push(kg.el("details", { class: "group claims", open: true },
        kg.el("summary", {}, kg.el("span", { class: "verb " + type.group, text: type.label }), " " + own.length), cards(own)));
    }
    parts.push(hiddenCards(hidden));
    return parts;
  }

  function notDrawn(number) {
    const home = kg.homeOf(number);
    if (home !== number) return kg.el("p", { class: "notice" }, "Folded into ", kg.actorButton(home), ".");
    if (kg.shownActors.has(number)) return null;
    const kind = kg.data.actors[number].kind;
    const offer = (words, text, act) => kg.el("p", { class: "notice" }, words + " ", kg.el("button", { type: "button", text, on: { click: () => { act(); kg.update(); kg.picture.focus(number); } } }));
    if (kg.state.off.kind.has(kind)) return offer("Not in the picture: this kind is hidden.", "Show " + kg.words(kind), () => kg.state.off.kind.delete(kind));
    if (kg.state.hidden.has(number)) return offer("Not in the picture: you have hidden it.", "Show it", () => kg.state.hidden.delete(number));
    if (kg.near().has(number)) return offer("Not in this part of the picture.", "Show its neighbours", () => kg.state.scope.set(number, 1));
    return kg.el("p", { class: "notice", text: kg.degree[number]
      ? "Not in the picture: no tie within the filters and the time." : "Not in the picture: no claim ties it to an actor." });
  }

  function partsOf({ kind, id }) {
    if (kind === "line" && kg.lines.has(id)) return ofLine(id);
    if (kind === "actor") return ofActor(id);
    if (kind === "path" && kg.state.path) return kg.pathPanel(kg.actorButton);
    return [kg.el("p", { class: "kind", text: "One claim" }), kg.card(id), kg.marksKey()];
  }

  function draw() {
    const { selected } = kg.state;
    panel.hidden = !selected;
    document.body.classList.toggle("with-panel", Boolean(selected));
    if (!selected) { shownFor = null; return; }
    const close = kg.el("button", { type: "button", class: "close", "aria-label": "Close (Esc)", text: "×", on: { click: () => { kg.select(null); kg.picture.enter(); } } });
    const key = selected.kind + selected.id;
    const top = shownFor === key ? panel.scrollTop : 0;
    const tool = panel.contains(document.activeElement) ? document.activeElement.dataset.tool : null;
    const open = shownFor === key ? [...panel.querySelectorAll(":scope > details")].map((details) => details.open) : [];
    panel.replaceChildren(close, ...partsOf(selected).filter(Boolean));
    [...panel.querySelectorAll(":scope > details")].forEach((details, i) => { if (open[i] !== undefined && open.length) details.open = open[i]; });
    panel.scrollTop = top;
    if (tool !== null) (panel.querySelector(`[data-tool="${CSS.escape(tool ?? "")}"]`) || panel).focus();
    shownFor = key;
  }

  kg.listeners.push(draw);
})();
