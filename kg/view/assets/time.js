// The day: all time, or one day by slider, steps or input. Above the slider, how many claims begin when.
(function () {
  const heading = document.getElementById("day");
  const footer = document.getElementById("time");
  const dated = kg.data.claims.filter((claim) => claim.written);
  const starts = dated.map((claim) => claim.written[0]).sort((a, b) => a - b);
  if (!starts.length) {
    footer.append(kg.el("p", { class: "none", text: "No claim has a date: the picture is of all time." }));
    kg.setDay = () => {};
    return;
  }
  // A founding long ago must not squeeze the war into a pixel: the slider leaves out the earliest twentieth, the input reaches it.
  const low = starts[Math.floor(starts.length / 20)];
  // ... nor may a plan for years ahead: it ends where the last claim begins, or within a year of it the last day that a claim is told to reach.
  const latest = starts[starts.length - 1];
  const high = dated.reduce((day, { written }) => (written[1] < latest + 366 ? Math.max(day, written[1]) : day), Math.max(low + 1, latest));

  const slider = kg.el("input", { type: "range", min: low, max: high, step: 1, value: high, "aria-label": "Day" });
  const input = kg.el("input", { type: "date", "aria-label": "Day", value: kg.fromDay(high) });
  const all = kg.el("button", { type: "button", id: "all-time", "aria-pressed": "true", text: "All time" });
  const one = kg.el("button", { type: "button", id: "one-day", "aria-pressed": "false", text: "On a day" });
  const note = kg.el("p", { id: "time-note" });
  let last = high;

  kg.setDay = function (day) {
    kg.state.day = day;
    if (day !== null) last = day;
    kg.update();
    if (day !== null) kg.say(kg.fromDay(day) + ": " + note.textContent);
  };
  function step(months, days) {
    const date = new Date((kg.state.day ?? last) * 86400000);
    if (months) {
      const wanted = date.getUTCDate();
      date.setUTCDate(1);
      date.setUTCMonth(date.getUTCMonth() + months);
      const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      date.setUTCDate(Math.min(wanted, length));
    }
    kg.setDay(Math.round(date.getTime() / 86400000) + days);
  }
  const button = (text, label, months, days) => kg.el("button", { type: "button", text, "aria-label": label, on: { click: () => step(months, days) } });

  all.addEventListener("click", () => kg.setDay(null));
  one.addEventListener("click", () => kg.setDay(last));
  let waiting = false; // while the slider is dragged, one picture a frame
  slider.addEventListener("input", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; kg.setDay(+slider.value); });
  });
  input.addEventListener("change", () => { const day = kg.toDay(input.value); if (day !== null) kg.setDay(day); });

  const BINS = 120;
  const bins = new Array(BINS).fill(0);
  for (const day of starts) if (day >= low) bins[Math.min(BINS - 1, Math.floor(((day - low) / (high - low)) * BINS))] += 1;
  const SVG = "http://www.w3.org/2000/svg";
  const bars = document.createElementNS(SVG, "svg");
  bars.setAttribute("viewBox", `0 0 ${BINS} 22`);
  bars.setAttribute("preserveAspectRatio", "none");
  bars.setAttribute("aria-hidden", "true");
  const most = Math.max(...bins);
  bins.forEach((number, i) => {
    if (!number) return;
    const bar = document.createElementNS(SVG, "rect");
    const height = Math.max(2, 22 * Math.sqrt(number / most));
    for (const [key, value] of Object.entries({ x: i + 0.1, y: 22 - height, width: 0.8, height })) bar.setAttribute(key, value);
    bars.append(bar);
  });

  footer.append(
    kg.el("div", { class: "segments", role: "group", "aria-label": "Time" }, all, one),
    kg.el("div", { class: "steps", role: "group", "aria-label": "Steps" },
      button("«", "A month back", -1, 0), button("‹", "A day back", 0, -1), input, button("›", "A day on", 0, 1), button("»", "A month on", 1, 0)),
    kg.el("div", { class: "track" }, bars, slider, kg.el("div", { class: "ends" }, kg.el("span", { text: kg.fromDay(low) }), kg.el("span", { text: kg.fromDay(high) }))),
    note);

  kg.listeners.push(() => {
    const { day } = kg.state;
    all.setAttribute("aria-pressed", String(day === null));
    one.setAttribute("aria-pressed", String(day !== null));
    footer.classList.toggle("all-time", day === null);
    slider.value = day ?? last;
    input.value = kg.fromDay(day ?? last);
    slider.setAttribute("aria-valuetext", day === null ? "all time" : kg.fromDay(day));
    const sure = [...kg.drawn.values()].filter((line) => line.sure).length;
    note.textContent = day === null
      ? kg.plural(kg.drawn.size, "line") + ", whenever they held"
      : kg.plural(kg.drawn.size, "line") + ": " + sure + " sure, " + (kg.drawn.size - sure) + " perhaps (dashed)";
    heading.replaceChildren(day === null ? "All time" : new Date(day * 86400000).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
      kg.el("small", { text: day === null ? "Every tie that any document tells of" : "What held that day; an event's tie stays for " + kg.data.sightingDays + " days, dashed" }));
  });
})();
