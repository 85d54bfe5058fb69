// The picture as vectors: an SVG document made from the same positions and looks, with its date, its legend and where it comes from.
kg.drawing = function () {
  const SVG = "http://www.w3.org/2000/svg", PAD = 70, FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
  const actors = [...kg.shownActors].map((actor) => ({ actor, ...kg.picture.nodeLooks(actor) }));
  const at = new Map(actors.map((node) => [node.actor, node]));
  const xs = actors.map((n) => n.x), ys = actors.map((n) => n.y);
  const [left, right] = xs.length ? [Math.min(...xs) - PAD, Math.max(...xs) + PAD] : [0, 400];
  const [top, bottom] = ys.length ? [Math.min(...ys) - PAD - 50, Math.max(...ys) + PAD + 30] : [0, 200];
  const width = Math.max(520, right - left), height = bottom - top;
  // XML has no place for control characters, nor for halves of a character
  const clean = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  function make(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(key, value);
    element.append(...children.map((child) => (typeof child === "string" ? clean(child) : child)));
    return element;
  }
  const write = (x, y, text, more = {}) => make("text", { x, y, fill: "#1b2530", "font-family": FONT, "font-size": 15, "text-anchor": "middle", ...more }, text);

  // A line from rim to rim, bent as in the picture, with the marks of its ends.
  function line(id, shown) {
    const look = kg.picture.looksOf(id, shown);
    const a = at.get(kg.lines.get(id).source), b = at.get(kg.lines.get(id).target);
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const swing = look.smooth ? (look.smooth.type === "curvedCCW" ? 1 : -1) * look.smooth.roundness * length : 0;
    const middle = [(a.x + b.x) / 2 + (b.y - a.y) / length * swing, (a.y + b.y) / 2 - (b.x - a.x) / length * swing];
    const rim = (node, room) => { const d = Math.hypot(middle[0] - node.x, middle[1] - node.y) || 1; return [node.x + (middle[0] - node.x) / d * room, node.y + (middle[1] - node.y) / d * room]; };
    const colour = look.color.color, ends = look.arrows || {};
    const start = rim(a, a.size + 2), end = rim(b, b.size + 2 + (ends.to ? 4 : 0));
    const round = (list) => list.map((value) => Math.round(value * 10) / 10).join(" ");
    const dash = look.dashes ? look.dashes.join(" ") : null;
    const parts = [make("path", { d: `M${round(start)} Q${round(middle)} ${round(end)}`, fill: "none", stroke: colour, "stroke-width": Math.round(look.width * 10) / 10, "stroke-dasharray": dash, opacity: 0.85 })];
    for (const [which, tip] of [["to", end], ["from", start]]) {
      if (!ends[which]) continue;
      const [ux, uy] = ((d) => [(tip[0] - middle[0]) / d, (tip[1] - middle[1]) / d])(Math.hypot(tip[0] - middle[0], tip[1] - middle[1]) || 1);
      const back = (along, aside) => round([tip[0] - ux * along - uy * aside, tip[1] - uy * along + ux * aside]);
      if (ends[which].type === "bar") parts.push(make("path", { d: `M${back(0, 7)} L${back(0, -7)}`, stroke: colour, "stroke-width": 3 }));
      else parts.push(make("path", { d: `M${back(10, 5)} L${round(tip)} L${back(10, -5)}${ends[which].type === "vee" ? "" : " Z"}`, fill: ends[which].type === "vee" ? "none" : colour, stroke: colour, "stroke-width": 1.5 }));
    }
    if (look.label) parts.push(write((start[0] + 2 * middle[0] + end[0]) / 4, (start[1] + 2 * middle[1] + end[1]) / 4 + 5, look.label, { "font-weight": 700, stroke: "#fff", "stroke-width": 4, "paint-order": "stroke" }));
    return make("g", {}, make("title", {}, kg.lineWords(id)), ...parts);
  }

  function actor(node) {
    const { x, y, size } = node, kind = kg.kinds.get(kg.data.actors[node.actor].kind);
    const paint = { fill: kind.fill, stroke: kind.border === "#ffffff" ? kind.fill : kind.border, "stroke-width": node.borderWidth };
    const scale = size / 7;
    const shape = kind.shape === "dot" ? make("circle", { cx: x, cy: y, r: size, ...paint })
      : make("polygon", { points: kg.icons.POLYGONS[kind.shape], transform: `translate(${x - 8 * scale} ${y - 8 * scale}) scale(${scale})`, ...paint, "stroke-width": node.borderWidth / scale });
    const lines = node.label.split(/\s+/).reduce((rows, word) => { const last = rows.length - 1; if (last >= 0 && (rows[last] + " " + word).length <= 17) rows[last] += " " + word; else rows.push(word); return rows; }, []);
    return make("g", {}, make("title", {}, kg.shortName(node.actor)), shape,
      ...lines.map((text, i) => write(x, y + size + 15 + i * 17, text, { stroke: "#fff", "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" })));
  }

  const { together, against, neither } = kg.data.colours;
  const key = [["— together →", together], ["— against ⊣", against], ["— neither", neither], ["dashed: perhaps", "#1b2530"]];
  const heading = document.querySelector("h1").textContent.slice(0, 90);
  return make("svg", { xmlns: SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height, role: "img" },
    make("title", {}, heading + ", " + kg.timeWords()), make("rect", { x: left, y: top, width, height, fill: "#fff" }),
    ...kg.openGroups().map((group) => make("polygon", { points: kg.outline(group.map(kg.places.of)).map((p) => p.join(",")).join(" "), fill: "#faf0cf", stroke: "#faf0cf", "stroke-width": 96, "stroke-linejoin": "round" })),
    ...[...kg.drawn].map(([id, shown]) => line(id, shown)), ...actors.map(actor),
    write(left + 16, top + 28, heading + " · " + kg.timeWords(), { "text-anchor": "start", "font-size": 20, "font-weight": 600 }),
    ...key.map(([text, fill], i) => write(left + 16 + i * 125, top + height - 14, text, { fill, "text-anchor": "start", "font-size": 13 })));
};
