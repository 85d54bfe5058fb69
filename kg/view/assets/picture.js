// The network, drawn by vis-network. Only this file and keys.js know that library; the rest asks for: focus, fit, open, zoom, look.
kg.picture = (function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const allNodes = new Map(read("kg-nodes").map((node) => [+node.id, node]));
  const allEdges = new Map(read("kg-edges").map((edge) => [edge.id, edge]));
  const nodes = new vis.DataSet(), edges = new vis.DataSet(); // only what is shown: a crowd costs nothing
  const options = JSON.parse(read("kg-options")); // pyvis hands its options over as text
  const canvas = document.getElementById("canvas");
  const hint = document.getElementById("hint");
  const network = new vis.Network(canvas, { nodes, edges }, options);
  window.kgNetwork = network; // for tests and for the curious

  // Colour, marks and dash of a line; the drawing for export uses the same.
  const DASHES = { then: [2, 6], now: false, both: false };
  function looksOf(id, { claims, sure, change }, faint = false) {
    const line = kg.lines.get(id);
    const edge = allEdges.get(line.of || id);
    const width = Math.min(6, 1.1 + 0.8 * Math.log2(claims.length + 0.6));
    return {
      ...edge, id, from: String(line.source), to: String(line.target), smooth: line.of ? bend(id, line) : edge.smooth,
      dashes: change ? DASHES[change] : sure ? false : [7, 6], width: change === "now" ? width + 2 : change === "both" ? 1.2 : width,
      label: change && change !== "both" && !faint ? (change === "then" ? "−" : "+") + (sure ? "" : "?") : undefined,
      font: { size: 22, color: "#1b2530", strokeWidth: 6, strokeColor: "#ffffff", align: "horizontal" },
      color: { color: edge.color.color, hover: edge.color.color, highlight: edge.color.color, opacity: faint ? 0.1 : 0.85 },
    };
  }

  // Lines of folded members between the same two are fanned anew.
  function bend(id, { source, target }) {
    const same = [...kg.drawn.keys()].filter((other) => { const l = kg.lines.get(other); return (l.source === source && l.target === target) || (l.source === target && l.target === source); });
    const place = same.indexOf(id), roundness = Math.ceil(place / 2) * 0.1;
    if (!roundness) return false;
    return { enabled: true, type: (place % 2 === 1) === (source < target) ? "curvedCCW" : "curvedCW", roundness };
  }

  function nodeLooks(actor, faint = false) {
    const node = allNodes.get(actor), inside = kg.inside.get(actor);
    const [x, y] = kg.places.of(actor);
    const chosen = kg.state.selected && kg.state.selected.kind === "actor" && kg.homeOf(kg.state.selected.id) === actor;
    return {
      ...node, x, y, label: node.label + (inside ? " ⊞ " + inside.length : ""), size: inside ? node.size * 1.3 : node.size, borderWidth: inside ? 4 : 1.5,
      opacity: faint ? 0.15 : 1, font: { color: faint ? "#aab1b9" : "#1b2530", strokeWidth: faint ? 0 : 5 },
      shadow: chosen ? { enabled: true, color: "#e69f00", size: 28, x: 0, y: 0 } : false,
    };
  }

  // The lines and actors that belong to the selection or the path; null when nothing is emphasised.
  function emphasised() {
    const { selected } = kg.state;
    if (kg.way && (!selected || selected.kind === "path")) return kg.way;
    if (!selected) return null;
    const lines = new Set();
    if (selected.kind === "line") lines.add(selected.id);
    if (selected.kind === "claim") for (const id of kg.linesOf[selected.id]) lines.add(id);
    const chosen = selected.kind === "actor" ? kg.homeOf(selected.id) : null;
    for (const id of chosen === null ? [] : kg.drawn.keys()) if ([kg.lines.get(id).source, kg.lines.get(id).target].includes(chosen)) lines.add(id);
    const actors = new Set(chosen === null ? [] : [chosen]);
    for (const id of lines) if (kg.drawn.has(id)) actors.add(kg.lines.get(id).source).add(kg.lines.get(id).target);
    return actors.size ? { lines, actors } : null;
  }

  // Hand on only what looks different from before: telling vis-network of every line costs far more than comparing.
  const told = new Map([[nodes, new Map()], [edges, new Map()]]);
  function change(set, items) {
    const before = told.get(set), now = new Map(items.map((item) => [item.id, item]));
    const gone = [...before.keys()].filter((id) => !now.has(id));
    if (gone.length) set.remove(gone);
    for (const id of gone) before.delete(id);
    set.update(items.filter((item) => {
      const look = JSON.stringify(item);
      const changed = before.get(item.id) !== look;
      before.set(item.id, look);
      return changed;
    }));
  }

  // What was chosen elsewhere, in the table or a lane, comes into the free part of the view.
  let seen = null, byMouse = false;
  function reveal(focus) {
    const { selected } = kg.state;
    const key = selected && selected.kind !== "actor" ? selected.kind + selected.id : null;
    const changed = key !== null && key !== seen && !byMouse;
    [seen, byMouse] = [key, false];
    if (!changed || !focus || !canvas.clientWidth) return;
    const free = covered(), room = { x: canvas.clientWidth + 2 * free.x - 30, y: canvas.clientHeight + 2 * free.y - 30 };
    const inside = [...focus.actors].filter((actor) => kg.shownActors.has(actor)).every((actor) => {
      const [x, y] = kg.places.of(actor), at = network.canvasToDOM({ x, y });
      return at.x > 30 && at.y > 30 && at.x < room.x && at.y < room.y;
    });
    if (!inside) show([...focus.actors].filter((actor) => kg.shownActors.has(actor)));
  }

  function redraw() {
    kg.places.update();
    const focus = emphasised();
    change(nodes, [...kg.shownActors].map((actor) => nodeLooks(actor, focus && !focus.actors.has(actor))));
    change(edges, [...kg.drawn].map(([id, shown]) => looksOf(id, shown, focus && !focus.lines.has(id))));
    requestAnimationFrame(() => reveal(focus)); // when the panel stands
    network.redraw();
  }

  // Bring an actor to the middle of what the panel leaves free.
  function covered() {
    const panel = document.getElementById("panel");
    if (panel.hidden) return { x: 0, y: 0 };
    const sheet = panel.offsetWidth > canvas.clientWidth * 0.9; // on a phone the panel comes from below
    return sheet ? { x: 0, y: -panel.offsetHeight / 2 } : { x: -panel.offsetWidth / 2, y: 0 };
  }
  function focus(chosen) {
    const actor = kg.homeOf(chosen);
    if (!kg.shownActors.has(actor) || !canvas.clientWidth) return false;
    network.focus(String(actor), { scale: Math.max(0.9, network.getScale()), offset: covered(), animation: { duration: 300 } });
    return true;
  }

  // As large as the free part of the view allows, with room for labels; never larger than 1.2.
  const LABEL = { x: 150, y: 100 };
  function show(part) {
    if (!part.length || !canvas.clientWidth) return;
    const places = part.map(kg.places.of), free = covered();
    const narrow = canvas.clientWidth + 2 * free.x < 640; // the heading takes the whole width
    const top = narrow ? document.querySelector(".corner").offsetHeight : 0;
    const [low, high] = [Math.min, Math.max].map((most) => ({ x: most(...places.map(([x]) => x)), y: most(...places.map(([, y]) => y)) }));
    const room = { x: canvas.clientWidth + 2 * free.x, y: canvas.clientHeight + 2 * free.y - top };
    const scale = Math.min(1.2, room.x / (high.x - low.x + LABEL.x), room.y / (high.y - low.y + LABEL.y));
    network.moveTo({ position: { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 + 15 }, scale: Math.max(0.02, scale), offset: { x: free.x, y: free.y + top / 2 } });
  }

  // The actors shown that hang together with the most others.
  function largestPart() {
    const near = new Map([...kg.shownActors].map((actor) => [actor, []]));
    for (const id of kg.drawn.keys()) {
      const { source, target } = kg.lines.get(id);
      near.get(source).push(target);
      near.get(target).push(source);
    }
    const left = new Set(kg.shownActors);
    let largest = [];
    for (const start of kg.shownActors) {
      if (!left.delete(start)) continue;
      const part = [start];
      for (const actor of part) for (const next of near.get(actor)) if (left.delete(next)) part.push(next);
      if (part.length > largest.length) largest = part;
    }
    return largest;
  }

  // The first picture: everything where labels stay legible, else the largest part, not smaller than its labels allow.
  const LEGIBLE = 0.5;
  let opened = false;
  function open() {
    opened = canvas.clientWidth > 0;
    if (!opened) return; // behind the table: when it comes to the front
    show([...kg.shownActors]);
    if (!kg.shownActors.size || kg.crowd || network.getScale() >= LEGIBLE) return;
    const part = largestPart();
    show(part);
    if (network.getScale() >= LEGIBLE) return;
    const busiest = part.reduce((best, actor) => (kg.claimsOf[actor].length > kg.claimsOf[best].length ? actor : best));
    network.moveTo({ position: network.getPosition(String(busiest)), scale: LEGIBLE });
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: { duration: 150 } });
  }

  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    const at = pointer.canvas;
    byMouse = true;
    if (node !== undefined) kg.choose(+node);
    else if (edge !== undefined) kg.select({ kind: "line", id: edge });
    else kg.select(null);
    const panel = document.getElementById("panel");
    const hides = covered();
    if (!panel.hidden && (hides.y ? pointer.DOM.y > canvas.clientHeight + 2 * hides.y - 40 : pointer.DOM.x > canvas.clientWidth + 2 * hides.x - 60)) {
      network.moveTo({ position: at, offset: hides, animation: { duration: 300 } }); // what was clicked must not vanish under its panel
    }
  });
  network.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined && kg.columns.members.has(+node)) kg.scope.fold(+node); });
  network.on("dragEnd", ({ nodes: [node] }) => {
    if (node === undefined) return;
    const { x, y } = network.getPosition(node);
    kg.state.pins.set(+node, [Math.round(x), Math.round(y)]);
    kg.update();
  });
  function tell(text) { hint.hidden = !text; hint.textContent = text; canvas.classList.toggle("over", Boolean(text)); }
  network.on("hoverNode", ({ node }) => tell(kg.actorWords(+node)));
  network.on("hoverEdge", ({ edge }) => tell(kg.lineWords(edge)));
  network.on("blurNode", () => tell(""));
  network.on("blurEdge", () => tell(""));

  kg.listeners.push(redraw, () => { if (!opened && document.body.dataset.ready) open(); });
  return { focus, open, zoom, looksOf, nodeLooks, tell, fit: () => show([...kg.shownActors]), showActors: show, network, enter: () => canvas.querySelector(".vis-network").focus({ preventScroll: true }) };
})();
