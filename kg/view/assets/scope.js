// Less than everything: neighbourhoods, hidden actors, folded alliances, the best connected of a crowd. Works on kg.lit, makes kg.drawn.
kg.MOST = 150; // so many actors are drawn at most, of a neighbourhood too; beyond, the best connected and what was asked for by name
kg.FIRST = 60; // so many of a crowd when nothing is asked for: what an eye can follow
Object.assign(kg.state, { scope: new Map(), hidden: new Set(), folded: new Set(), path: null, pins: new Map(), kept: new Map() }); // scope: actor → steps; pins: actor → where it was dragged; kept: where it stood on the page before

(function () {
  const degree = new Uint32Array(kg.data.actors.length); // over all time: who is drawn of a crowd does not flicker with the day
  for (const line of kg.data.lines) { degree[line.source] += 1; degree[line.target] += 1; }
  kg.degree = degree;

  // Actors by the lines lit: Map actor → [[other, line id], ...], hidden actors left out.
  kg.near = function () {
    const near = new Map();
    const { hidden } = kg.state;
    for (const id of kg.lit.keys()) {
      const { source, target } = kg.lines.get(id);
      if (hidden.has(source) || hidden.has(target)) continue;
      if (!near.has(source)) near.set(source, []);
      if (!near.has(target)) near.set(target, []);
      near.get(source).push([target, id]);
      near.get(target).push([source, id]);
    }
    return near;
  };

  // All actors within so many steps of the centres.
  function around(near, scope) {
    const reached = new Map(); // actor → steps left
    let edge = [...scope].filter(([actor]) => !kg.state.hidden.has(actor));
    while (edge.length) {
      const next = [];
      for (const [actor, left] of edge) {
        if ((reached.get(actor) ?? -1) >= left) continue;
        reached.set(actor, left);
        if (left) for (const [other] of near.get(actor) || []) next.push([other, left - 1]);
      }
      edge = next;
    }
    return new Set(reached.keys());
  }

  // Members drawn inside their folded alliance: Map member → alliance.
  function foldings() {
    const home = new Map();
    if (!kg.state.folded.size) return home;
    for (const [id, { claims }] of kg.lit) {
      const { type, source, target } = kg.lines.get(id);
      if (claims.length && (type === "member_of" || type === "part_of") && kg.state.folded.has(target) && !kg.state.folded.has(source)) {
        if (!home.has(source) || target < home.get(source)) home.set(source, target);
      }
    }
    return home;
  }

  // Lines between what is drawn: those of folded members end at their alliance, equal ones become one.
  function fold(home) {
    const lines = new Map();
    for (const [id, shown] of kg.lit) {
      const line = kg.lines.get(id);
      const source = home.get(line.source) ?? line.source, target = home.get(line.target) ?? line.target;
      if (source === target) continue;
      if (source === line.source && target === line.target) { lines.set(id, shown); continue; }
      const key = ["fold", source, target, line.type, line.sign].join(":");
      const before = lines.get(key);
      kg.lines.set(key, { id: key, source, target, type: line.type, sign: line.sign, of: id, claims: before ? [...kg.lines.get(key).claims, ...line.claims] : line.claims });
      lines.set(key, before ? {
        claims: [...new Set([...before.claims, ...shown.claims])], sure: before.sure || shown.sure,
        change: shown.change && (before.change === shown.change ? shown.change : "both"),
      } : shown);
    }
    return lines;
  }

  kg.narrow = function () {
    const { scope, hidden, path, selected } = kg.state;
    const near = kg.near();
    kg.way = path ? kg.findPath(near, path[0], path[1]) : null;
    let wanted = scope.size ? around(near, scope) : new Set(near.keys());
    const kept = new Set([...scope.keys(), ...(kg.way ? kg.way.actors : [])].filter((actor) => !hidden.has(actor)));
    if (selected && selected.kind === "actor" && near.has(selected.id)) kept.add(selected.id);
    kg.crowd = wanted.size > kg.MOST ? wanted.size : 0;
    if (kg.crowd) wanted = new Set([...wanted].sort((a, b) => degree[b] - degree[a] || a - b).slice(0, scope.size ? kg.MOST : kg.FIRST));
    for (const actor of kept) wanted.add(actor);
    const home = foldings();
    kg.inside = new Map(); // folded alliance → members
    for (const [member, alliance] of home) {
      if (!wanted.delete(member)) continue;
      wanted.add(alliance);
      if (!kg.inside.has(alliance)) kg.inside.set(alliance, []);
      kg.inside.get(alliance).push(member);
    }
    kg.drawn = new Map();
    for (const [id, shown] of home.size ? fold(home) : kg.lit) {
      const { source, target } = kg.lines.get(id);
      if (wanted.has(source) && wanted.has(target)) kg.drawn.set(id, shown);
    }
    const tied = new Set([...kg.drawn.keys()].flatMap((id) => [kg.lines.get(id).source, kg.lines.get(id).target]));
    kg.shownActors = new Set([...wanted].filter((actor) => tied.has(actor) || kept.has(actor) || kg.inside.has(actor)));
    kg.narrowed = scope.size > 0 || hidden.size > 0 || kg.crowd > 0 || kg.state.folded.size > 0;
  };

  // Where an actor is drawn: at its own place, or in the alliance it is folded into.
  kg.homeOf = (actor) => {
    for (const [alliance, members] of kg.inside) if (members.includes(actor)) return alliance;
    return actor;
  };

  // Whether a claim belongs to what is shown: what the table lists.
  kg.listed = function (n) {
    if (kg.status[n] === kg.NO) return false;
    if (!kg.narrowed) return true;
    const partners = kg.partners(kg.data.claims[n]).filter((actor) => kg.degree[actor]);
    return partners.length > 0 && partners.every((actor) => kg.shownActors.has(kg.homeOf(actor)));
  };

  kg.scope = {
    only(actor) { kg.state.scope = new Map([[actor, 1]]); kg.state.hidden.delete(actor); kg.update(); },
    wider(actor) { kg.state.scope.set(actor, (kg.state.scope.get(actor) ?? 0) + 1); kg.update(); },
    narrower(actor) {
      const steps = kg.state.scope.get(actor) ?? 0;
      if (steps > 1) kg.state.scope.set(actor, steps - 1);
      else kg.state.scope.delete(actor);
      kg.update();
    },
    hide(actor) {
      kg.state.hidden.add(actor);
      kg.state.scope.delete(actor);
      if (kg.state.selected && kg.state.selected.kind === "actor" && kg.state.selected.id === actor) kg.state.selected = null;
      kg.update();
    },
    fold(alliance) { kg.state.folded[kg.state.folded.has(alliance) ? "delete" : "add"](alliance); kg.update(); },
    everything() { Object.assign(kg.state, { scope: new Map(), hidden: new Set(), folded: new Set(), path: null }); if (kg.state.selected?.kind === "path") kg.state.selected = null; kg.update(); },
  };
})();
