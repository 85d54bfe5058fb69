// One claim as a card: its sentence with the words marked, its facts, its source, a citation to copy.
kg.card = (function () {
  const PREPOSITIONS = { place: "at", from: "from", to: "to", operation: "as part of" };
  const ENDS = { subject: "who", object: "whom", from: "from", to: "to", place: "place", operation: "operation", what: "what", when: "when", count: "count" };
  const QUOTE = 1500;

  kg.actorButton = (actor) => kg.el("button", { type: "button", class: "actor", on: { click: () => {
    kg.choose(actor);
    kg.picture.focus(actor);
    document.getElementById("panel").focus();
  } } }, kg.text(kg.nameOf(actor).length > 160 ? kg.nameOf(actor).slice(0, 160) + "…" : kg.nameOf(actor)));

  // `known`: the line whose panel it stands in, which names its two actors and its type already.
  function headline(claim, known) {
    const [who, whom] = kg.sides(claim);
    const ends = known ? [known.source, known.target] : [];
    const line = kg.el("p", { class: "headline" });
    if (!known || !ends.includes(who) || (whom !== undefined && !ends.includes(whom))) {
      if (who !== undefined) line.append(kg.actorButton(who), " ");
      line.append(kg.el("span", { class: "verb " + kg.types.get(claim.type).group, text: (claim.denied ? "not: " : "") + kg.types.get(claim.type).label }));
      if (whom !== undefined) line.append(" ", kg.actorButton(whom));
    }
    for (const [role, word] of Object.entries(PREPOSITIONS)) {
      const actor = claim.roles[role];
      if (actor !== undefined && actor !== who && actor !== whom) line.append(" " + word + " ", kg.actorButton(actor));
    }
    return line.childNodes.length ? line : null;
  }

  // A sentence with its words marked: each by its own underline, so that colour is not needed.
  function marked(text, marks, end) {
    const parts = [];
    let at = 0;
    for (const [from, to, role] of marks || []) {
      if (to > end) break;
      parts.push(text.slice(at, from), kg.el("mark", { class: role, title: ENDS[role], text: text.slice(from, to) }));
      at = to;
    }
    return [...parts, text.slice(at, end)];
  }
  function quote(text, marks) {
    const block = kg.el("blockquote", { dir: "auto" }, ...marked(text, marks, Math.min(text.length, QUOTE)));
    if (text.length <= QUOTE) return [block];
    block.append("…");
    const more = kg.el("button", { type: "button", class: "plain", text: "more (" + kg.plural(text.length - QUOTE, "character") + ")",
      on: { click: () => { block.replaceChildren(...marked(text, marks, text.length)); more.remove(); } } });
    return [block, more];
  }

  // Publisher, title, date, address, sentence: what a footnote needs.
  kg.citation = function (claim) {
    const source = kg.data.documents[claim.document];
    const told = [source.publisher, "“" + source.title + "”", source.date, source.url].filter(Boolean).join(", ");
    return told + ": “" + claim.quotes[0] + "”" + (claim.by ? " (according to " + claim.by + ")" : "");
  };

  function facts(claim, number) {
    const line = kg.el("p", { class: "facts" });
    for (const word of [claim.certainty, ...kg.doubts(claim).filter((doubt) => doubt !== claim.certainty)]) line.append(kg.certainty(word), " ");
    const told = [kg.dateWords(claim.date)];
    if (claim.count) told.push(claim.count + (claim.outcome ? " " + claim.outcome : ""));
    else if (claim.outcome) told.push(claim.outcome);
    if (claim.role) told.push(claim.role);
    if (kg.state.mode === "compare" && kg.told[number]) told.push(kg.changeWords(kg.changeOf(kg.then[number], kg.now[number])));
    else if (kg.state.mode !== "all" && kg.told[number] === kg.MAYBE) told.push("perhaps " + (kg.state.mode === "day" ? "on " + kg.fromDay(kg.state.day) : "in that time"));
    told.forEach((part, i) => line.append(i ? " · " : "", kg.cut(part, 200)));
    line.append(claim.by ? kg.el("span", { class: "by" }, " · according to ", kg.cut(claim.by, 200)) : " · in its own voice");
    return line;
  }

  function cite(claim) {
    const source = kg.data.documents[claim.document];
    const title = source.url
      ? kg.el("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", dir: "auto", text: source.title.slice(0, 300) })
      : kg.el("cite", {}, kg.cut(source.title, 200));
    const line = kg.el("p", { class: "cite" });
    if (source.publisher) line.append(kg.cut(source.publisher, 120), ", ");
    line.append(title, source.date ? ", " + kg.dateWords(source.date) : "");
    return line;
  }

  function copying(claim) {
    const button = (text, read) => {
      const made = kg.el("button", { type: "button", class: "plain", text, on: { click: () => kg.copy(read(), made) } });
      return made;
    };
    return kg.el("p", { class: "copying" }, button("copy citation", () => kg.citation(claim)), " ", button("copy claim id", () => claim.id));
  }

  return function (number, known) {
    const claim = kg.data.claims[number];
    const quotes = claim.quotes.map((text, i) => quote(text, (claim.marks || [])[i]));
    return kg.el("article", { class: "claim" + (claim.denied ? " denial" : ""), "data-claim": claim.id },
      ...[headline(claim, known), ...quotes[0], facts(claim, number), cite(claim), copying(claim)].filter(Boolean),
      quotes.length > 1 ? kg.el("details", {}, kg.el("summary", { text: "said again " + kg.plural(quotes.length - 1, "time") }), ...quotes.slice(1).flat()) : null);
  };
})();

// What the underlines of a sentence mean; shown once a panel.
kg.marksKey = () => kg.el("p", { class: "marks-key" }, "Marked: ", ...[["subject", "who"], ["object", "whom"], ["what", "what"], ["when", "when, how many"]]
  .flatMap(([role, word], i) => [i ? " " : "", kg.el("mark", { class: role, text: word })]));
