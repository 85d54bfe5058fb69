// An actor's loyalties through time: one lane for each tie of belonging, support or break, drawn from the claims' four days.
kg.lane = (function () {
  const TYPES = ["member_of", "part_of", "allied_with", "supports", "ceasefire", "defect", "split_from", "succeeds", "opposes", "surrender", "form", "dissolve"];
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 340, HEIGHT = 14, FIRST = 12;

  function shape(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // Claims of one type with one partner are one lane.
  function lanes(number) {
    const found = new Map();
    for (const n of kg.claimsOf[number]) {
      const claim = kg.data.claims[n];
      if (!TYPES.includes(claim.type) || claim.denied || claim.modality !== "actual") continue;
      const partners = kg.partners(claim).filter((actor) => actor !== number);
      for (const partner of partners.length ? partners : [null]) {
        const way = partner === claim.roles.to ? "to" : partner === claim.roles.from ? "from" : partner !== null && claim.roles.object === number && !kg.types.get(claim.type).symmetric ? "of" : "";
        const key = [claim.type, partner, way].join(":");
        if (!found.has(key)) found.set(key, { type: claim.type, partner, way, claims: [] });
        found.get(key).claims.push(n);
      }
    }
    const start = ({ claims }) => Math.min(...claims.map((n) => kg.data.claims[n].window[0] ?? Infinity));
    return [...found.values()].sort((a, b) => start(a) - start(b) || TYPES.indexOf(a.type) - TYPES.indexOf(b.type));
  }

  // What is perhaps so, once for all claims of a lane: dashes laid over dashes would look like a bar.
  function perhaps(claims, x, end, colour) {
    const spans = claims.map((n) => kg.data.claims[n].window).map(([first, , , last]) => [x(first ?? -Infinity), x(last ?? end)]).sort((a, b) => a[0] - b[0]);
    const joined = [];
    for (const [left, right] of spans) {
      const before = joined[joined.length - 1];
      if (before && left <= before[1]) before[1] = Math.max(before[1], right);
      else joined.push([left, right]);
    }
    return joined.map(([left, right]) => shape("line", { x1: left, x2: Math.max(left + 3, right), y1: 7, y2: 7, stroke: colour, "stroke-width": 2, "stroke-dasharray": "3 3" }));
  }

  function surely({ window: [, from, until], certainty }, x, colour) {
    if (from === null || until === null || from > until) return [];
    const paint = certainty === "stated" ? { fill: colour } : { fill: "#fff", stroke: colour, "stroke-width": 1.3, "stroke-dasharray": "2 2" };
    return [shape("rect", { x: x(from), y: 3, width: Math.max(3, x(until) - x(from)), height: 8, rx: 1.5, ...paint })];
  }

  function bars({ claims, type }, x, end) {
    const { together, against, neither } = kg.data.colours;
    const colour = { together, against, neither, switch: "#8a3a75" }[kg.types.get(type).group];
    return [...perhaps(claims, x, end, colour), ...claims.flatMap((n) => surely(kg.data.claims[n], x, colour))];
  }

  function label({ type, partner, way, claims }) {
    const word = kg.types.get(type).label + (way && way !== "of" ? " " + way : "");
    const words = partner === null ? word : way === "of" ? kg.data.actors[partner].label + " · " + word : word + " · " + kg.data.actors[partner].label;
    return kg.el("button", { type: "button", class: "plain", title: partner === null ? null : kg.nameOf(partner).slice(0, 200), on: { click: () => {
      const line = kg.linesOf[claims[0]].find((id) => partner === null || [kg.lines.get(id).source, kg.lines.get(id).target].includes(partner));
      kg.select(line ? { kind: "line", id: line } : { kind: "claim", id: claims[0] });
    } } }, kg.text(words), kg.el("span", { class: "count", text: " " + claims.length }));
  }

  return function (number) {
    const all = lanes(number);
    if (!all.length) return null;
    const windows = all.flatMap(({ claims }) => claims.map((n) => kg.data.claims[n]));
    const days = windows.flatMap(({ window, written, document: source }) => [...(written || []), window[0], window[2], kg.toDay(kg.data.documents[source].date || "")]).filter((day) => day !== null && day !== undefined);
    const section = kg.el("details", { class: "group lanes", open: true }, kg.el("summary", {}, kg.el("span", { class: "verb", text: "Loyalties through time" }), " " + all.length));
    if (!days.length) return section.append(kg.el("p", { class: "facts", text: "None of these claims has a date." }), ...all.map((lane) => kg.el("p", { class: "lane" }, label(lane)))), section;
    const low = days.reduce((a, b) => Math.min(a, b)) - 60, high = days.reduce((a, b) => Math.max(a, b)) + 60;
    const x = (day) => Math.round(Math.max(0, Math.min(1, (day - low) / (high - low))) * WIDTH * 10) / 10;
    const frame = (height, ...parts) => shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "lane-picture" }, ...parts);
    const now = kg.state.mode === "all" ? [] : [kg.state.day, kg.state.until].slice(0, kg.state.mode === "day" ? 1 : 2)
      .map((day) => shape("line", { x1: x(day), x2: x(day), y1: 0, y2: HEIGHT, stroke: "#1b2530", "stroke-width": 1 }));
    const dates = (claims) => [...new Set(claims.map((n) => kg.dateWords(kg.data.claims[n].date)))];
    const row = (lane) => kg.el("li", { class: "lane" }, label(lane), kg.el("span", { class: "unseen", text: dates(lane.claims).slice(0, 6).join("; ") }),
      frame(HEIGHT, shape("line", { x1: 0, x2: WIDTH, y1: 7, y2: 7, stroke: "#e4e1da", "stroke-width": 1 }),
        ...bars(lane, x, high), ...now.map((line) => line.cloneNode())));
    const list = kg.el("ul", {}, ...all.slice(0, FIRST).map(row));
    section.append(list);
    if (all.length > FIRST) {
      const more = kg.el("button", { type: "button", class: "more", text: "Show " + (all.length - FIRST) + " more", on: { click: () => { list.append(...all.slice(FIRST).map(row)); more.remove(); } } });
      section.append(more);
    }
    section.append(kg.el("div", { class: "ends" }, kg.el("span", { text: kg.fromDay(low).slice(0, -3) }), kg.el("span", { text: kg.fromDay(high).slice(0, -3) })),
      kg.el("p", { class: "facts", text: "Bar: surely held then. Hollow: so, but not certain. Dashes: perhaps." + (now.length ? " Upright line: the day shown." : "") }));
    return section;
  };
})();
