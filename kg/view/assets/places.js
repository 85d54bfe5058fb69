// Where actors stand. The positions that came with the page hold at all times; a part of a large network, whose actors lie far apart
// in the whole, is drawn closer: left stays left and above stays above. Once placed, an actor of that part stays, whatever the day.
kg.places = (function () {
  const given = new Map(JSON.parse(document.getElementById("kg-nodes").textContent).map(({ id, x, y }) => [+id, [x, y]]));
  const GAP = [118, 78]; // pixels at zoom 1: room for a label
  let key = null, placed = new Map(), scales = null;

  // Maps the coordinates of some actors to even steps, and what lies between them in between.
  function evenly(values, length) {
    const sorted = [...values].sort((a, b) => a - b);
    const step = sorted.length > 1 ? length / (sorted.length - 1) : 0;
    return (value) => {
      const above = sorted.findIndex((known) => known >= value);
      if (above < 0) return length / 2 + (sorted.length ? 60 : 0);
      if (above === 0 || sorted[above] === value) return above * step - length / 2;
      return (above - 1 + (value - sorted[above - 1]) / (sorted[above] - sorted[above - 1])) * step - length / 2;
    };
  }

  // Push apart whoever stands too near; those placed before do not move.
  function part(moving, fixed) {
    for (let turn = 0; turn < 40; turn++) {
      let pushed = false;
      for (const a of moving) for (const b of fixed) {
        if (a === b) continue;
        const p = placed.get(a), q = placed.get(b);
        const x = (p[0] - q[0]) / GAP[0], y = (p[1] - q[1]) / GAP[1];
        if (x >= 1 || x <= -1 || y >= 1 || y <= -1) continue; // most pairs
        const apart = Math.hypot(x, y);
        if (apart >= 1) continue;
        const share = (1.02 - apart) / (moving.has(b) ? 2 : 1);
        const [ux, uy] = apart > 0.001 ? [x / apart, y / apart] : [Math.cos(a), Math.sin(a)]; // on one spot: each its own way
        placed.set(a, [p[0] + ux * share * GAP[0], p[1] + uy * share * GAP[1]]);
        if (moving.has(b)) placed.set(b, [q[0] - ux * share * GAP[0], q[1] - uy * share * GAP[1]]);
        pushed = true;
      }
      if (!pushed) return;
    }
  }

  function place(actors) {
    const { scope } = kg.state;
    const now = [...scope].map(String).join(" ") + "|" + (kg.crowd > 0);
    if (now !== key || !scales) {
      [key, placed] = [now, new Map()];
      const side = GAP[1] * Math.sqrt(actors.size) * 1.25;
      scales = [evenly([...actors].map((a) => given.get(a)[0]), side * 2.2), evenly([...actors].map((a) => given.get(a)[1]), side)];
    }
    const fresh = new Set([...actors].filter((actor) => !placed.has(actor)));
    for (const actor of fresh) placed.set(actor, given.get(actor).map((value, axis) => scales[axis](value)));
    part(fresh, [...placed.keys()]);
  }

  // Who stood on the page before stays there; the others come where the layout has them beside these.
  function keep() {
    const { kept } = kg.state;
    if (key === kept || !kept.size) return;
    [key, placed, scales] = [kept, new Map(kept), true];
    const shift = [0, 1].map((axis) => [...kept].reduce((sum, [actor, at]) => sum + at[axis] - given.get(actor)[axis], 0) / kept.size);
    const fresh = new Set([...given.keys()].filter((actor) => !kept.has(actor)));
    for (const actor of fresh) placed.set(actor, given.get(actor).map((value, axis) => value + shift[axis]));
    part(fresh, [...placed.keys()]);
  }

  const large = given.size > kg.MOST;
  return {
    update() { if (large && kg.narrowed) place(kg.shownActors); else if (kg.state.kept.size) keep(); else key = scales = null; },
    of: (actor) => kg.state.pins.get(actor) || (scales && placed.get(actor)) || given.get(actor),
  };
})();
