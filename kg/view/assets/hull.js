// Behind the network: the ground that an open alliance covers with its members, when one of them is chosen.
(function () {
  const { network } = kg.picture;
  const { alliancesOf, members } = kg.columns;

  kg.groupOf = function (alliance) { // the alliance and those whose membership is shown
    const group = new Set([alliance]);
    for (const id of kg.lit.keys()) {
      const { type, source, target } = kg.lines.get(id);
      if ((type === "member_of" || type === "part_of") && target === alliance && kg.shownActors.has(source)) group.add(source);
    }
    return kg.shownActors.has(alliance) && group.size > 1 ? [...group] : [];
  };

  // The smallest convex outline of points (Andrew's monotone chain).
  kg.outline = function (points) {
    const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
    const half = (list) => {
      const chain = [];
      for (const point of list) {
        while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
        chain.push(point);
      }
      return chain.slice(0, -1);
    };
    return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
  };

  kg.openGroups = function () {
    const { selected } = kg.state;
    if (!selected || selected.kind !== "actor") return [];
    const asked = members.has(selected.id) ? [selected.id] : alliancesOf[selected.id];
    return asked.map(kg.groupOf).filter((group) => group.length && group.includes(selected.id));
  };

  network.on("beforeDrawing", (pen) => {
    for (const group of kg.openGroups()) {
      const points = kg.outline(group.map(kg.places.of));
      pen.save();
      pen.beginPath();
      points.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](x, y));
      pen.closePath();
      pen.lineJoin = "round";
      pen.lineWidth = 96;
      pen.strokeStyle = pen.fillStyle = "#faf0cf";
      pen.stroke();
      pen.fill();
      pen.restore();
    }
  });
})();
