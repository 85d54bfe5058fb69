// The time: all of it, a day, a range of days, or two days compared. By handles, steps, input, play.
(function () {
  const heading = document.getElementById("day");
  const footer = document.getElementById("time");
  const track = kg.makeTrack();
  if (!track) {
    footer.append(kg.el("p", { class: "none", text: "No claim has a date: the picture is of all time." }));
    kg.setTime = () => {};
    heading.textContent = "All time";
    return;
  }
  const { low, high } = track;
  const MODES = { all: "All time", day: "On a day", range: "Range", compare: "Compare" };
  const modes = Object.entries(MODES).map(([mode, text]) => kg.el("button", { type: "button", id: mode === "all" ? "all-time" : mode === "day" ? "one-day" : mode, text,
    on: { click: () => kg.setTime(mode, last, mode === "range" || mode === "compare" ? kg.state.until ?? until : null) } }));
  const dateInput = (label, set) => kg.el("input", { type: "date", "aria-label": label, on: { change: (event) => { const day = kg.toDay(event.target.value); if (day !== null) set(day); } } });
  const first = dateInput("Day", (day) => kg.setTime(kg.state.mode === "all" ? "day" : kg.state.mode, day, kg.state.until));
  const second = dateInput("Last day", (day) => kg.setTime(kg.state.mode, kg.state.day, day));
  const note = kg.el("p", { id: "time-note" });
  const between = kg.el("span", { class: "between" });
  let last = high, until = high;

  const two = (mode) => mode === "range" || mode === "compare";
  kg.setTime = function (mode, day, end = null) {
    if (mode === "all") Object.assign(kg.state, { mode, day: null, until: null });
    else {
      if (two(mode) && day >= (end ?? high)) day = two(kg.state.mode) ? day : Math.max(low, high - 365); // from a day to the end: a year to look at
      if (mode === "range" && end !== null && day > end) [day, end] = [end, day];
      Object.assign(kg.state, { mode, day, until: two(mode) ? end ?? high : null });
      last = day;
      if (two(mode)) until = kg.state.until;
    }
    kg.update();
    if (mode !== "all") kg.say(kg.timeWords() + ": " + note.textContent);
  };

  // A step on or back; of a range both ends go.
  function moved(from, months, days) {
    const date = new Date(from * 86400000);
    if (months) {
      const wanted = date.getUTCDate();
      date.setUTCDate(1);
      date.setUTCMonth(date.getUTCMonth() + months);
      const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      date.setUTCDate(Math.min(wanted, length));
    }
    return Math.round(date.getTime() / 86400000) + days;
  }
  function step(months, days) {
    const { mode, day } = kg.state;
    kg.setTime(mode === "all" ? "day" : mode, moved(day ?? last, months, days), mode === "range" ? moved(kg.state.until, months, days) : kg.state.until);
  }
  const button = (text, label, months, days) => kg.el("button", { type: "button", text, "aria-label": label, on: { click: () => step(months, days) } });

  let playing = null;
  const play = kg.el("button", { type: "button", id: "play", "aria-label": "Play", text: "▶", on: { click: () => (playing ? stop() : start()) } });
  const pace = Math.max(1, Math.round((high - low) / 120));
  function start() {
    if (kg.state.mode === "all" || (kg.state.until ?? kg.state.day) >= high) kg.setTime(kg.state.mode === "range" ? "range" : "day", low, kg.state.mode === "range" ? low + 90 : null);
    [play.textContent, playing] = ["❚❚", setInterval(() => {
      kg.smooth = true;
      if ((kg.state.until ?? kg.state.day) + pace > high) return stop();
      step(0, pace);
    }, 350)];
    play.setAttribute("aria-label", "Pause");
  }
  function stop() {
    clearInterval(playing);
    [playing, play.textContent, kg.smooth] = [null, "▶", false];
    play.setAttribute("aria-label", "Play");
  }
  footer.addEventListener("pointerdown", (event) => { if (event.target !== play && playing) stop(); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#time, #canvas") || event.target.type === "date") return;
    const act = { ",": () => step(0, -1), ".": () => step(0, 1), "<": () => step(-1, 0), ">": () => step(1, 0), P: () => play.click() }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  track.onMove = (day, end) => {
    kg.smooth = true;
    const { mode } = kg.state;
    kg.setTime(mode === "all" ? "day" : mode, day, two(mode) ? end : null);
    kg.smooth = false;
  };
  footer.append(
    kg.el("div", { class: "segments", role: "group", "aria-label": "Time" }, ...modes),
    kg.el("div", { class: "steps", role: "group", "aria-label": "Steps" }, play,
      button("«", "A month back", -1, 0), button("‹", "A day back", 0, -1), first, between, second, button("›", "A day on", 0, 1), button("»", "A month on", 1, 0)),
    track.element, note);

  const NOTES = { day: "What held that day; an event's tie stays for " + kg.data.sightingDays + " days, dashed", all: "Every tie that any document tells of",
    range: "What held on some day of these", compare: "Dotted, −: only then. Thick, +: only now. Thin: both. ?: perhaps" };
  kg.listeners.push(() => {
    const { mode, day } = kg.state;
    modes.forEach((made, i) => made.setAttribute("aria-pressed", String(Object.keys(MODES)[i] === mode)));
    footer.classList.toggle("all-time", mode === "all");
    footer.classList.toggle("two", two(mode));
    first.value = kg.fromDay(day ?? last);
    second.value = kg.fromDay(kg.state.until ?? until);
    second.hidden = between.hidden = !two(mode);
    between.textContent = mode === "compare" ? "against" : "to";
    first.setAttribute("aria-label", two(mode) ? "First day" : "Day");
    track.show(day ?? last, two(mode) ? kg.state.until : null, mode);
    const lines = [...kg.drawn.values()];
    const number = (test) => lines.filter(test).length.toLocaleString("en");
    const lineCount = kg.plural(lines.length, "line");
    note.textContent = mode === "all" ? lineCount + ", whenever they held"
      : mode === "compare" ? number((line) => line.change === "then") + " only then, " + number((line) => line.change === "now") + " only now, " + number((line) => line.change === "both") + " both"
        : lineCount + ": " + number((line) => line.sure) + " sure, " + number((line) => !line.sure) + " perhaps (dashed)";
    heading.replaceChildren(kg.timeWords(), kg.el("small", { text: NOTES[mode] }));
  });
})();
