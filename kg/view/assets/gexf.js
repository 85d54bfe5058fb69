// The network shown as GEXF 1.2 with spells: for Gephi, and for `networkx.read_gexf`. One edge a line; each claim gives it a spell.
kg.gexf = function () {
  const xml = document.implementation.createDocument("http://www.gexf.net/1.2draft", "gexf", null);
  const clean = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  function make(name, attributes = {}, ...children) {
    const element = xml.createElementNS("http://www.gexf.net/1.2draft", name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, clean(value));
    element.append(...children);
    return element;
  }
  const attribute = (id, type) => make("attribute", { id, title: id, type });
  const values = (pairs) => make("attvalues", {}, ...Object.entries(pairs).map(([name, value]) => make("attvalue", { for: name, value })));

  // A claim's days; "perhaps" too, as in the picture. What has no bound gets none.
  function spells(claims) {
    const found = new Map(claims.map((n) => kg.data.claims[n].window).map(([first, , , last]) => [first + "/" + last, [first, last]]));
    return make("spells", {}, ...[...found.values()].map(([first, last]) => make("spell", { start: first === null ? null : kg.fromDay(first), end: last === null ? null : kg.fromDay(last) })));
  }
  const nodes = [...kg.shownActors].map((actor) => {
    const { id, name, kind } = kg.data.actors[actor];
    return make("node", { id, label: name }, values({ kind, x: kg.places.of(actor)[0], y: kg.places.of(actor)[1] }));
  });
  const edges = [...kg.drawn].map(([id, { claims, sure }]) => {
    const { source, target, type, sign } = kg.lines.get(id);
    return make("edge", { id, source: kg.data.actors[source].id, target: kg.data.actors[target].id, label: kg.types.get(type).label },
      values({ type, sign, claims: claims.length, certainty: sure ? "sure" : "perhaps", claim_ids: claims.map((n) => kg.data.claims[n].id).join(" ") }), spells(claims));
  });
  xml.documentElement.setAttribute("version", "1.2");
  xml.documentElement.append(make("meta", {}, make("description", {}, clean(kg.timeWords()))),
    make("graph", { mode: "dynamic", defaultedgetype: "directed", timeformat: "date" },
      make("attributes", { class: "node", mode: "static" }, attribute("kind", "string"), attribute("x", "double"), attribute("y", "double")),
      make("attributes", { class: "edge", mode: "static" }, attribute("type", "string"), attribute("sign", "integer"), attribute("claims", "integer"), attribute("certainty", "string"), attribute("claim_ids", "string")),
      make("nodes", {}, ...nodes), make("edges", {}, ...edges)));
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(xml);
};
