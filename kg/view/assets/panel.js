// The evidence panel: of a line, of a claim, of an actor.
(function () {
  const panel = document.getElementById("panel");
  let shownFor = null;

  function actorButton(actor) {
    return kg.el("button", { type: "button", class: "actor", on: { click: () => choose(actor) } }, kg.text(kg.nameOf(actor)));
  }

  function choose(actor) {
    kg.select({ kind: "actor", id: actor });
    kg.picture.focus(actor);
    panel.focus();
  }

  const PREPOSITIONS = { place: "at", from: "from", to: "to", operation: "as part of" };

  // `known`: the line whose panel it stands in, which names its two actors and its type already.
  function headline(claim, known) {
    const [who, whom] = kg.sides(claim);
    const ends = known ? [known.source, known.target] : [];
    const line = kg.el("p", { class: "headline" });
    if (!known || !ends.includes(who) || (whom !== undefined && !ends.includes(whom))) {
      if (who !== undefined) line.append(actorButton(who), " ");
      line.append(kg.el("span", { class: "verb " + kg.types.get(claim.type).group, text: kg.types.get(claim.type).label }));
      if (whom !== undefined) line.append(" ", actorButton(whom));
    }
    for (const [role, word] of Object.entries(PREPOSITIONS)) {
      const actor = claim.roles[role];
      if (actor !== undefined && actor !== who && actor !== whom) line.append(" " + word + " ", actorButton(actor));
    }
    return line.childNodes.length ? line : null;
  }

  function card(number, known) {
    const claim = kg.data.claims[number];
    const source = kg.data.documents[claim.document];
    const facts = kg.el("p", { class: "facts" });
    for (const doubt of kg.doubts(claim)) facts.append(kg.el("span", { class: "doubt " + doubt, text: doubt }), " ");
    const told = [kg.dateWords(claim.date)];
    if (claim.count) told.push(claim.count + (claim.outcome ? " " + claim.outcome : ""));
    else if (claim.outcome) told.push(claim.outcome);
    if (claim.role) told.push(claim.role);
    if (kg.state.day !== null && kg.counted(claim) === kg.MAYBE) told.push("perhaps on " + kg.fromDay(kg.state.day));
    told.forEach((part, i) => facts.append(i ? " · " : "", kg.text(part)));
    facts.append(claim.by ? kg.el("span", { class: "by" }, " · according to ", kg.text(claim.by)) : " · in its own voice");
    const cite = kg.el("p", { class: "cite" });
    const title = source.url
      ? kg.el("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", dir: "auto", text: source.title })
      : kg.el("cite", {}, kg.text(source.title));
    if (source.publisher) cite.append(kg.text(source.publisher), ", ");
    cite.append(title, source.date ? ", " + kg.dateWords(source.date) : "");
    const quotes = claim.quotes.map((quote) => kg.el("blockquote", { dir: "auto", text: quote }));
    return kg.el("article", { class: "claim", "data-claim": claim.id }, ...[headline(claim, known), quotes[0], facts, cite].filter(Boolean),
      quotes.length > 1 ? kg.el("details", {}, kg.el("summary", { text: "said again " + kg.plural(quotes.length - 1, "time") }), ...quotes.slice(1)) : null);
  }

  // Newest first would hide how it began: cards stand in the order of their first possible day, undated last.
  function inOrder(numbers) {
    const first = (n) => (kg.data.claims[n].date ? kg.data.claims[n].window[0] ?? -Infinity : Infinity);
    return [...numbers].sort((a, b) => (first(a) === first(b) ? a - b : first(a) - first(b)));
  }

  const FIRST = 25;
  function cards(numbers, known) {
    const list = kg.el("div", {}, ...inOrder(numbers).slice(0, FIRST).map((n) => card(n, known)));
    const rest = inOrder(numbers).slice(FIRST);
    if (rest.length) {
      const more = kg.el("button", { type: "button", class: "more", text: "Show " + rest.length + " more",
        on: { click: () => { more.remove(); list.append(...rest.map((n) => card(n, known))); } } });
      list.append(more);
    }
    return list;
  }

  function withStatus(numbers) {
    const shown = numbers.filter((n) => kg.counted(kg.data.claims[n]) !== kg.NO);
    const hidden = numbers.filter((n) => kg.counted(kg.data.claims[n]) === kg.NO);
    return { shown, hidden };
  }

  function hiddenCards(hidden, known) {
    if (!hidden.length) return null;
    const details = kg.el("details", { class: "hidden" }, kg.el("summary", { text: kg.plural(hidden.length, "more claim") + " of another day, certainty or modality" }));
    details.addEventListener("toggle", () => { if (details.childElementCount === 1) details.append(cards(hidden, known)); });
    return details;
  }

  function ofLine(id) {
    const line = kg.lines.get(id);
    const type = kg.types.get(line.type);
    const { shown, hidden } = withStatus(line.claims);
    const sources = new Set(line.claims.map((n) => kg.data.claims[n].document)).size;
    return [
      kg.el("p", { class: "kind", text: type.label + ": " + type.reads }),
      kg.el("h2", {}, actorButton(line.source), kg.el("span", { class: "verb " + type.group, text: " " + type.label + " " }), actorButton(line.target)),
      kg.el("p", { class: "sum", text: kg.plural(line.claims.length, "claim") + " in " + kg.plural(sources, "document") }),
      cards(shown, line), hiddenCards(hidden, line),
    ];
  }

  function ofActor(number) {
    const actor = kg.data.actors[number];
    const numbers = kg.claimsOf[number];
    const documents = new Set(numbers.map((n) => kg.data.claims[n].document)).size;
    const parts = [
      kg.el("p", { class: "kind", text: kg.words(actor.kind) }),
      kg.el("h2", {}, kg.text(actor.name)),
      kg.el("p", { class: "sum", text: kg.plural(numbers.length, "claim") + " in " + kg.plural(documents, "document") }),
    ];
    if (actor.names.length) {
      const names = kg.el("p", { class: "names" }, "Also ");
      actor.names.forEach((name, i) => names.append(i ? ", " : "", kg.text(name)));
      parts.splice(2, 0, names);
    }
    const why = notDrawn(number);
    if (why) parts.push(why);
    const { shown, hidden } = withStatus(numbers);
    for (const type of kg.data.types) {
      const own = shown.filter((n) => kg.data.claims[n].type === type.name);
      if (!own.length) continue;
      const group = kg.el("details", { class: "group", open: true },
        kg.el("summary", {}, kg.el("span", { class: "verb " + type.group, text: type.label }), " " + own.length), cards(own));
      parts.push(group);
    }
    parts.push(hiddenCards(hidden));
    return parts;
  }

  function notDrawn(number) {
    const drawn = [...kg.drawn.keys()].some((id) => kg.lines.get(id).source === number || kg.lines.get(id).target === number);
    if (drawn) return null;
    const kind = kg.data.actors[number].kind;
    if (kg.state.off.kind.has(kind)) {
      const show = kg.el("button", { type: "button", text: "Show " + kg.words(kind),
        on: { click: () => { kg.state.off.kind.delete(kind); kg.update(); kg.picture.focus(number); } } });
      return kg.el("p", { class: "notice" }, "Not in the picture: this kind is hidden. ", show);
    }
    const ever = kg.data.lines.some((line) => line.source === number || line.target === number);
    return kg.el("p", { class: "notice", text: ever
      ? "Not in the picture: no tie within the filters and the day." : "Not in the picture: no claim ties it to an actor." });
  }

  function draw() {
    const { selected } = kg.state;
    panel.hidden = !selected;
    document.body.classList.toggle("with-panel", Boolean(selected));
    if (!selected) { shownFor = null; return; }
    const parts = selected.kind === "line" ? ofLine(selected.id) : selected.kind === "actor" ? ofActor(selected.id) : [
      kg.el("p", { class: "kind", text: "One claim" }), card(selected.id)];
    const close = kg.el("button", { type: "button", class: "close", "aria-label": "Close (Esc)", text: "×", on: { click: () => kg.select(null) } });
    const key = selected.kind + selected.id;
    const top = shownFor === key ? panel.scrollTop : 0;
    panel.replaceChildren(close, ...parts.filter(Boolean));
    panel.scrollTop = top;
    shownFor = key;
  }

  kg.listeners.push(draw);
})();
