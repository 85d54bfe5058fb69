// What is asked for (day, filters, selection) and what follows from it: for each claim whether it is shown, as NO, MAYBE or YES.
kg.NO = 0; kg.MAYBE = 1; kg.YES = 2;

kg.state = { day: null, view: "picture", selected: null, off: {} };
kg.listeners = [];

kg.firstFilters = function () {
  kg.state.off = {
    type: new Set(kg.data.types.filter((type) => !type.shown).map((type) => type.name)),
    kind: new Set(kg.data.kinds.filter((kind) => !kind.shown).map((kind) => kind.name)),
    certainty: new Set(),
    modality: new Set(["planned", "possible", "asked"]),
  };
};

// Whether a claim held on a day: its window is [first possible, surely from, surely until, last possible].
kg.held = function (claim, day) {
  const [first, from, until, last] = claim.window;
  if ((first !== null && day < first) || (last !== null && day > last)) return kg.NO;
  return from !== null && until !== null && from <= day && day <= until ? kg.YES : kg.MAYBE;
};

// Whether it counts by day, certainty and modality: what an actor's panel lists, whatever types and kinds are drawn.
kg.counted = function (claim) {
  const { off, day } = kg.state;
  if (off.certainty.has(claim.certainty) || off.modality.has(claim.modality)) return kg.NO;
  return day === null ? kg.YES : kg.held(claim, day);
};

// Whether it is drawn and in the table: its type and the kinds of its actors are asked for too.
kg.shown = function (claim) {
  const { off } = kg.state;
  if (off.type.has(claim.type)) return kg.NO;
  for (const [role, actor] of Object.entries(claim.roles)) {
    if (role !== "place" && role !== "operation" && off.kind.has(kg.data.actors[actor].kind)) return kg.NO;
  }
  return kg.counted(claim);
};

// Recompute what is shown and tell every part of the page.
kg.update = function () {
  kg.status = kg.data.claims.map(kg.shown);
  kg.drawn = new Map(); // line id -> { claims, sure }
  for (const line of kg.data.lines) {
    const claims = line.claims.filter((c) => kg.status[c] !== kg.NO && !kg.data.claims[c].denied);
    if (!claims.length) continue;
    const sure = claims.some((c) => {
      const claim = kg.data.claims[c];
      return kg.status[c] === kg.YES && claim.certainty === "stated" && claim.modality === "actual";
    });
    kg.drawn.set(line.id, { claims, sure });
  }
  for (const listen of kg.listeners) listen();
};

// `selected` is null or { kind: "actor" | "line" | "claim", id }: an actor's or a claim's number, a line's id.
kg.select = function (selected) {
  kg.state.selected = selected;
  kg.update();
};

kg.say = (text) => { document.getElementById("said").textContent = text; };
