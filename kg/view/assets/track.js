// The slider: one handle or two over a strip that shows how many claims begin when.
kg.makeTrack = function () {
  const dated = kg.data.claims.filter((claim) => claim.written);
  const starts = dated.map((claim) => claim.written[0]).sort((a, b) => a - b);
  if (!starts.length) return null;
  // A founding long ago must not squeeze the war into a pixel: the slider leaves out the earliest twentieth, the input reaches it.
  const low = starts[Math.floor(starts.length / 20)];
  // ... nor may a plan for years ahead: it ends where the last claim begins, or within a year of it the last day that a claim is told to reach.
  const latest = starts[starts.length - 1];
  const high = dated.reduce((day, { written }) => (written[1] < latest + 366 ? Math.max(day, written[1]) : day), Math.max(low + 1, latest));

  const handle = (label) => kg.el("input", { type: "range", min: low, max: high, step: 1, value: high, "aria-label": label, on: { input: move } });
  const first = handle("Day"), second = handle("Last day");
  const made = { low, high, onMove: () => {} };
  let waiting = false; // while a handle is dragged, one picture a frame
  function move() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; made.onMove(+first.value, +second.value); });
  }

  const BINS = 120, SVG = "http://www.w3.org/2000/svg";
  const bins = new Array(BINS).fill(0);
  const bin = (day) => ((day - low) / (high - low)) * BINS;
  for (const day of starts) if (day >= low) bins[Math.min(BINS - 1, Math.floor(bin(day)))] += 1;
  const draw = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const bars = draw("svg", { viewBox: `0 0 ${BINS} 22`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const most = Math.max(...bins);
  const chosen = draw("rect", { y: 0, height: 22, class: "chosen" });
  bars.append(chosen);
  bins.forEach((number, i) => {
    const height = Math.max(2, 22 * Math.sqrt(number / most));
    if (number) bars.append(draw("rect", { x: i + 0.1, y: 22 - height, width: 0.8, height }));
  });

  made.show = function (day, end, mode) {
    first.value = day;
    second.hidden = end === null;
    if (end !== null) second.value = end;
    first.setAttribute("aria-label", end === null ? "Day" : "First day");
    first.setAttribute("aria-valuetext", mode === "all" ? "all time" : kg.fromDay(day));
    second.setAttribute("aria-valuetext", kg.fromDay(end ?? high));
    const [left, right] = mode === "range" ? [bin(day), bin(end)] : [0, 0];
    chosen.setAttribute("x", Math.max(0, left));
    chosen.setAttribute("width", Math.max(0, right - left));
  };
  made.element = kg.el("div", { class: "track" }, bars, kg.el("div", { class: "handles" }, first, second),
    kg.el("div", { class: "ends" }, kg.el("span", { text: kg.fromDay(low) }), kg.el("span", { text: kg.fromDay(high) })));
  return made;
};
