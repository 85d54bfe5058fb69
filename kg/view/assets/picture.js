// The network, drawn by vis-network. Only this file knows that library: start, redraw, focus, fit.
kg.picture = (function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const nodes = new vis.DataSet(read("kg-nodes"));
  const edges = new vis.DataSet(read("kg-edges"));
  const colours = new Map(edges.get().map((edge) => [edge.id, edge.color.color]));
  let shownNodes = new Set();
  const nodeView = new vis.DataView(nodes, { filter: (node) => shownNodes.has(node.id) });
  const edgeView = new vis.DataView(edges, { filter: (edge) => kg.drawn !== undefined && kg.drawn.has(edge.id) });
  const options = JSON.parse(read("kg-options")); // pyvis hands its options over as text
  const canvas = document.getElementById("canvas");
  const hint = document.getElementById("hint");
  const network = new vis.Network(canvas, { nodes: nodeView, edges: edgeView }, options);
  window.kgNetwork = network; // for tests and for the curious

  const picture = canvas.querySelector("canvas");
  picture.setAttribute("role", "img");

  // The lines and actors that belong to the selection; null when nothing is selected.
  function emphasised() {
    const { selected } = kg.state;
    if (!selected) return null;
    const chosen = new Set();
    if (selected.kind === "line") chosen.add(selected.id);
    if (selected.kind === "claim") for (const id of kg.linesOf[selected.id]) chosen.add(id);
    if (selected.kind === "actor") {
      for (const line of kg.data.lines) if (line.source === selected.id || line.target === selected.id) chosen.add(line.id);
    }
    const actors = new Set(selected.kind === "actor" ? [String(selected.id)] : []);
    for (const id of chosen) {
      if (!kg.drawn.has(id)) continue;
      actors.add(String(kg.lines.get(id).source)).add(String(kg.lines.get(id).target));
    }
    return actors.size ? { lines: chosen, actors } : null;
  }

  // Hand on only what looks different from before: telling vis-network of every line costs far more than comparing.
  const edgeLooks = new Map();
  const nodeLooks = new Map();
  function change(set, looks, items) {
    set.update(items.filter((item) => {
      const look = JSON.stringify(item);
      const changed = looks.get(item.id) !== look;
      looks.set(item.id, look);
      return changed;
    }));
  }

  function redraw() {
    shownNodes = new Set();
    for (const id of kg.drawn.keys()) {
      const line = kg.lines.get(id);
      shownNodes.add(String(line.source)).add(String(line.target));
    }
    const focus = emphasised();
    change(edges, edgeLooks, [...kg.drawn].map(([id, { claims, sure }]) => {
      const faint = focus && !focus.lines.has(id);
      return {
        id, dashes: sure ? false : [7, 6], width: Math.min(6, 1.1 + 0.8 * Math.log2(claims.length + 0.6)),
        color: { color: colours.get(id), hover: colours.get(id), highlight: colours.get(id), opacity: faint ? 0.1 : 0.85 },
      };
    }));
    change(nodes, nodeLooks, [...shownNodes].map((id) => {
      const faint = focus && !focus.actors.has(id);
      const chosen = kg.state.selected && kg.state.selected.kind === "actor" && String(kg.state.selected.id) === id;
      return {
        id, opacity: faint ? 0.15 : 1, font: { color: faint ? "#aab1b9" : "#1b2530", strokeWidth: faint ? 0 : 5 },
        shadow: chosen ? { enabled: true, color: "#e69f00", size: 28, x: 0, y: 0 } : false,
      };
    }));
    nodeView.refresh();
    edgeView.refresh();
    picture.setAttribute("aria-label", "Network of " + kg.plural(shownNodes.size, "actor") + " and " + kg.plural(kg.drawn.size, "line") +
      ". The table lists the same claims.");
  }

  // Bring an actor to the middle of what the panel leaves free.
  function focus(actor) {
    if (!shownNodes.has(String(actor))) return false;
    const panel = document.getElementById("panel");
    const covered = panel.hidden ? 0 : panel.offsetWidth;
    network.focus(String(actor), { scale: Math.max(0.9, network.getScale()), offset: { x: -covered / 2, y: 0 }, animation: { duration: 300 } });
    return true;
  }

  // The actors shown that hang together with the most others.
  function largestPart() {
    const near = new Map([...shownNodes].map((id) => [id, []]));
    for (const id of kg.drawn.keys()) {
      const [a, b] = [String(kg.lines.get(id).source), String(kg.lines.get(id).target)];
      near.get(a).push(b);
      near.get(b).push(a);
    }
    const left = new Set(shownNodes);
    let largest = [];
    for (const start of shownNodes) {
      if (!left.delete(start)) continue;
      const part = [start];
      for (const id of part) for (const next of near.get(id)) if (left.delete(next)) part.push(next);
      if (part.length > largest.length) largest = part;
    }
    return largest;
  }

  function show(part) {
    if (!part.length) return;
    network.fit({ nodes: part, maxZoomLevel: 1.2 });
    network.moveTo({ scale: network.getScale() * 0.94 }); // the fit forgets the lowest labels
  }

  function fit() {
    show([...shownNodes]);
  }

  // The first picture: everything where labels stay legible, else the largest part, not smaller than its labels allow.
  const LEGIBLE = 0.5;
  function open() {
    fit();
    if (!shownNodes.size || network.getScale() >= LEGIBLE) return;
    const part = largestPart();
    show(part);
    if (network.getScale() >= LEGIBLE) return;
    const busiest = part.reduce((best, id) => (kg.claimsOf[+id].length > kg.claimsOf[+best].length ? id : best));
    network.moveTo({ position: network.getPosition(busiest), scale: LEGIBLE });
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: { duration: 150 } });
  }

  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    const at = pointer.canvas;
    if (node !== undefined) kg.select({ kind: "actor", id: +node });
    else if (edge !== undefined) kg.select({ kind: "line", id: edge });
    else kg.select(null);
    const panel = document.getElementById("panel");
    if (!panel.hidden && pointer.DOM.x > canvas.clientWidth - panel.offsetWidth - 60) { // what was clicked must not vanish under its panel
      network.moveTo({ position: at, offset: { x: -panel.offsetWidth / 2, y: 0 }, animation: { duration: 300 } });
    }
  });
  function tell(text) { hint.hidden = !text; hint.textContent = text; canvas.classList.toggle("over", Boolean(text)); }
  network.on("hoverNode", ({ node }) => {
    const actor = kg.data.actors[+node];
    tell(actor.name + " · " + kg.words(actor.kind) + " · " + kg.plural(kg.claimsOf[+node].length, "claim"));
  });
  network.on("hoverEdge", ({ edge }) => tell(kg.lineWords(edge)));
  network.on("blurNode", () => tell(""));
  network.on("blurEdge", () => tell(""));

  kg.listeners.push(redraw);
  return { focus, fit, open, zoom };
})();
