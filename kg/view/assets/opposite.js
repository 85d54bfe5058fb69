// Claims about the same two actors that pull apart, opposite each other: affirmed and denied, together and against, different counts.
kg.opposites = (function () {
  const FIRST = 3;
  const time = ({ window: [first, , , last] }) => [first ?? -Infinity, last ?? Infinity];
  function meet(a, b) { // whether both can hold on one day
    const [x, y] = [time(kg.data.claims[a]), time(kg.data.claims[b])];
    return x[0] <= y[1] && y[0] <= x[1];
  }
  // Of two lists, those that meet a claim of the other.
  function facing(left, right) {
    return [left.filter((a) => right.some((b) => meet(a, b))), right.filter((b) => left.some((a) => meet(a, b)))];
  }

  function columns(heading, titles, [left, right]) {
    if (!left.length || !right.length) return null;
    const column = (title, numbers) => kg.el("div", { class: "side" }, kg.el("h4", { text: title }), ...numbers.slice(0, FIRST).map((n) => kg.card(n)),
      numbers.length > FIRST ? kg.el("p", { class: "facts", text: "and " + kg.plural(numbers.length - FIRST, "more claim") }) : null);
    return kg.el("section", { class: "opposite" }, kg.el("h3", { text: heading }), kg.el("div", { class: "sides" }, column(titles[0], left), column(titles[1], right)));
  }

  return function (id) {
    const line = kg.lines.get(id);
    const isPair = ({ source, target }) => (source === line.source && target === line.target) || (source === line.target && target === line.source);
    const told = (numbers) => numbers.filter((n) => kg.told[n]);
    const pair = kg.data.lines.filter(isPair);
    const affirmed = told(line.claims).filter((n) => !kg.data.claims[n].denied);
    const denied = told(pair.filter(({ type }) => type === line.type).flatMap(({ claims }) => claims)).filter((n) => kg.data.claims[n].denied);
    const other = told(pair.filter(({ sign }) => sign * line.sign < 0).flatMap(({ claims }) => claims)).filter((n) => !kg.data.claims[n].denied);
    const parts = [
      columns("Affirmed and denied", ["Affirmed", "Denied"], facing(affirmed, [...new Set(denied)])),
      line.type === "defect" ? null : columns("Together and against, at a time that can be the same", line.sign > 0 ? ["Together", "Against"] : ["Against", "Together"], facing(affirmed, [...new Set(other)])),
    ];
    const counted = affirmed.filter((n) => kg.data.claims[n].count);
    const first = counted[0];
    const rest = counted.filter((n) => {
      const [a, b] = [kg.data.claims[first], kg.data.claims[n]];
      return a.count !== b.count && a.outcome === b.outcome && a.roles.place === b.roles.place && meet(first, n);
    });
    parts.push(columns("Counts that differ", ["One count", "Another"], [rest.length ? [first] : [], rest]));
    const found = parts.filter(Boolean);
    return found.length ? kg.el("div", { class: "opposites" }, kg.el("p", { class: "notice", text: "Claims that pull apart. Both stay: each with its source." }), ...found) : null;
  };
})();
