// The columns of the three tables, all of what is shown: claims, ties and actors. A column is [title, text, number to sort by].
kg.tables = (function () {
  const year = (c) => (c.date ? c.window[0] ?? -Infinity : NaN);
  const name = (actor) => (actor === undefined ? "" : kg.nameOf(actor));
  const when = (n) => (kg.state.mode === "compare" && kg.told[n] ? kg.changeWords(kg.changeOf(kg.then[n], kg.now[n])) : kg.told[n] === kg.MAYBE ? "perhaps" : "");
  function whom(claim) {
    const [who, other] = kg.sides(claim);
    const from = claim.roles.from !== undefined && claim.roles.from !== who ? "from " + name(claim.roles.from) : "";
    return [name(other), from].filter(Boolean).join(", ");
  }
  const claim = (read) => (n) => read(kg.data.claims[n], n);
  const line = (read) => (id) => read(kg.lines.get(id), kg.drawn.get(id));
  const tiesOf = (actor) => [...kg.drawn.keys()].filter((id) => { const l = kg.lines.get(id); return l.source === actor || l.target === actor; });
  const signs = (actor, sign) => tiesOf(actor).filter((id) => kg.lines.get(id).sign === sign).length;
  const sign = (l) => (l.sign > 0 ? "together" : l.sign < 0 ? "against" : "neither");
  const number = (read) => [(x) => String(read(x)), read];

  return {
    claims: {
      label: "claim", opens: "Claim", rows: () => kg.data.claims.map((_, n) => n).filter(kg.listed), select: (n) => ({ kind: "claim", id: n }),
      columns: [
        ["Date", claim((c) => c.date || ""), claim(year)], ["Claim", claim((c) => (kg.types.get(c.type).label))], ["Who", claim((c) => name(kg.sides(c)[0]))],
        ["Whom or what", claim(whom)], ["Place", claim((c) => name(c.roles.place))],
        ["Count", claim((c) => (c.count || "") + (c.outcome ? " " + c.outcome : "")), claim((c) => parseFloat((c.count || "").replace(/^[<~]/, "")))],
        ["Reservations", claim((c) => kg.doubts(c).join(", "))], ["Says", claim((c) => c.by || "")], ["Source", claim(kg.source)], ["At this time", claim((_, n) => when(n))],
      ],
      also: [["Sentence", claim((c) => c.quotes[0])], ["Address", claim((c) => kg.data.documents[c.document].url || "")], ["Claim id", claim((c) => c.id)]],
      wide: ["Who", "Whom or what", "Source"], group: claim((c) => kg.types.get(c.type).group),
    },
    ties: {
      label: "tie", opens: "Tie", rows: () => [...kg.drawn.keys()], select: (id) => ({ kind: "line", id }),
      columns: [
        ["Who", line((l) => name(l.source))], ["Tie", line((l) => kg.types.get(l.type).label)], ["With or against whom", line((l) => name(l.target))], ["Sign", line(sign)],
        ["Claims", ...number(line((_, shown) => shown.claims.length))],
        ["Documents", ...number(line((_, shown) => new Set(shown.claims.map((n) => kg.data.claims[n].document)).size))],
        ["At this time", line((_, shown) => (shown.change ? kg.changeWords(shown.change) + (shown.sure ? "" : ", perhaps") : shown.sure ? "sure" : "perhaps"))],
      ],
      also: [], wide: ["Who", "With or against whom"], group: line((l) => kg.types.get(l.type).group),
    },
    actors: {
      label: "actor", opens: "Actor", rows: () => [...kg.shownActors], select: (actor) => ({ kind: "actor", id: actor }),
      columns: [
        ["Actor", name], ["Kind", (a) => kg.words(kg.data.actors[a].kind)], ["Also", (a) => kg.data.actors[a].names.slice(0, 6).join(", ")],
        ["Together", ...number((a) => signs(a, 1))], ["Against", ...number((a) => signs(a, -1))], ["Neither", ...number((a) => signs(a, 0))],
        ["Claims", ...number((a) => kg.claimsOf[a].length)], ["Alliances", (a) => kg.columns.alliancesOf[a].map(name).join(", ")],
      ],
      also: [["Id", (a) => kg.data.actors[a].id]], wide: ["Actor", "Also", "Alliances"], group: () => "neither",
    },
  };
})();

// The rows of a table in the order asked for; the unknown stands last both ways.
kg.sortedRows = function (table) {
  const asked = kg.state.sorted;
  const column = (asked && table.columns.find(([title]) => title === asked.column)) || table.columns[0];
  const [, value, key] = column, down = Boolean(asked && asked.down && asked.column === column[0]);
  const list = table.rows();
  const text = new Map(list.map((row) => [row, (key || value)(row)]));
  const none = (v) => v === "" || Number.isNaN(v);
  const place = new Map(list.map((row, i) => [row, i]));
  const collator = new Intl.Collator("en");
  return { column: column[0], down, rows: list.sort((a, b) => {
    const [x, y] = [text.get(a), text.get(b)];
    if (none(x) || none(y)) return none(x) - none(y) || place.get(a) - place.get(b);
    return (key ? x - y || 0 : collator.compare(x, y)) * (down ? -1 : 1) || place.get(a) - place.get(b);
  }) };
};
