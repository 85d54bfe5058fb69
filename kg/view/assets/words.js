// Claims in words, shared by the panel and the table.
kg.nameOf = (actor) => kg.data.actors[actor].name;

kg.lineWords = function (id) {
  const line = kg.lines.get(id);
  const count = kg.drawn.has(id) ? kg.drawn.get(id).claims.length : line.claims.length;
  const sign = line.type === "defect" ? (line.sign > 0 ? " (to)" : " (from)") : "";
  return kg.nameOf(line.source) + " · " + kg.types.get(line.type).label + sign + " · " + kg.nameOf(line.target) + " · " + kg.plural(count, "claim");
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
