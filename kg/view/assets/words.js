// Claims in words, shared by the panel and the table.
kg.nameOf = (actor) => kg.data.actors[actor].name;
kg.shortName = (actor) => (kg.nameOf(actor).length > 120 ? kg.nameOf(actor).slice(0, 120) + "…" : kg.nameOf(actor));

kg.lineWords = function (id) {
  const line = kg.lines.get(id);
  const lineState = kg.drawn.get(id);
  const when = lineState && lineState.change ? " · " + kg.changeWords(lineState.change) : lineState && !lineState.sure ? " · perhaps" : "";
  const count = kg.drawn.has(id) ? kg.drawn.get(id).claims.length : line.claims.length;
  const sign = line.type === "defect" ? (line.sign > 0 ? " (to)" : " (from)") : "";
  return kg.shortName(line.source) + " · " + kg.types.get(line.type).label + sign + " · " + kg.shortName(line.target) + " · " + kg.plural(count, "claim") + when;
};

// Who and whom of a claim, as numbers of actors; either may be undefined.
kg.sides = function ({ type, roles }) {
  if (type === "capture") return [roles.subject, roles.object];
  if (type === "defect" || type === "surrender" || type === "desert") return [roles.subject ?? roles.from, roles.to];
  return [roles.subject, roles.object];
};

// EDTF as a reader says it; what is not one of the plain forms is shown as it stands.
kg.dateWords = function (edtf) {
  if (!edtf) return "date not told";
  const plain = (text) => text.replace(/[~?%]$/, (mark) => ({ "~": " (about)", "?": " (uncertain)", "%": " (about, uncertain)" })[mark]);
  const [from, to] = edtf.split("/");
  if (to === undefined) return plain(from);
  if (to === "" || to === "..") return "since " + plain(from);
  if (from === "" || from === "..") return "until " + plain(to);
  return plain(from) + " to " + plain(to);
};

// The reservations a reader must see: what is not simply said to be so.
kg.doubts = function (claim) {
  const doubts = [];
  if (claim.denied) doubts.push("denied");
  if (claim.certainty !== "stated") doubts.push(claim.certainty);
  if (claim.modality !== "actual") doubts.push(claim.modality);
  return doubts;
};

kg.source = function (claim) {
  const document = kg.data.documents[claim.document];
  return [document.publisher, document.title, document.date].filter(Boolean).join(" · ");
};

// The time shown, as a heading says it.
kg.longDay = (day) => new Date(day * 86400000).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
kg.timeWords = function () {
  const { mode, day, until } = kg.state;
  if (mode === "all") return "All time";
  if (mode === "day") return kg.longDay(day);
  return kg.longDay(day) + (mode === "range" ? " to " : " against ") + kg.longDay(until);
};
kg.changeWords = (change) => (change === "both" ? "on both days" : "only on " + kg.fromDay(change === "then" ? kg.state.day : kg.state.until));

// Certainty as a shape and a word; a denial is crossed out, a plan hollow.
const MARKS = { stated: "●", unverified: "◐", disputed: "◇", denied: "✕", planned: "○", possible: "○", asked: "○" };
kg.certainty = (word) => kg.el("span", { class: "doubt " + word }, kg.el("span", { "aria-hidden": "true", text: MARKS[word] + " " }), word);

// Long text of a document is cut; "more" shows the rest. However long it is, the page stays usable.
kg.cut = function (text, limit = 300) {
  if (text.length <= limit) return kg.text(text);
  const at = /[\uD800-\uDBFF]/.test(text[limit - 1]) ? limit - 1 : limit;
  const shown = kg.text(text.slice(0, at) + "…");
  const more = kg.el("button", { type: "button", class: "plain", text: "more (" + kg.plural(text.length - at, "character") + ")",
    on: { click: (event) => { event.stopPropagation(); shown.textContent = text; more.remove(); } } });
  return kg.el("span", { class: "cut" }, shown, more);
};

kg.copy = async function (text, button) {
  const said = button.textContent;
  try { await navigator.clipboard.writeText(text); } catch { // no permission or no secure context: the old way
    const box = kg.el("textarea", { class: "unseen", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus();
  }
  button.textContent = "copied";
  kg.say("copied");
  setTimeout(() => { button.textContent = said; }, 1500);
};
