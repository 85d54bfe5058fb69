// What is asked for (time, filters, selection, scope) and what follows from it: which claims are shown, and surely or perhaps.
kg.state = {
  mode: "all", day: null, until: null, // "all", "day", "range" (day to until) or "compare" (day against until)
  view: "picture", table: "claims", sorted: null, selected: null, off: {},
};
kg.listeners = [];

const HIDDEN_MODALITIES = ["planned", "possible", "asked"];
kg.firstOff = () => ({
  type: new Set(kg.data.types.filter((type) => !type.shown).map((type) => type.name)),
  kind: new Set(kg.data.kinds.filter((kind) => !kind.shown).map((kind) => kind.name)),
  certainty: new Set(), modality: new Set(HIDDEN_MODALITIES), claimant: new Set(), publisher: new Set(), document: new Set(), alliance: new Set(),
});
kg.firstFilters = () => { kg.state.off = kg.firstOff(); };

kg.told = new Uint8Array(kg.data.claims.length); // by time, certainty, modality and source: what an actor's panel lists
kg.status = new Uint8Array(kg.data.claims.length); // its type and its actors are asked for too: what is drawn and in the table
kg.then = new Uint8Array(kg.data.claims.length); // for the comparison of two days: as told on the one ...
kg.now = new Uint8Array(kg.data.claims.length); // ... and on the other

(function () {
  const { held, dimensions, starts, partners, alliancesOf } = kg.columns;
  const offTable = (name) => Uint8Array.from(dimensions[name].names, (value) => kg.state.off[name].has(value));
  const actorOn = new Uint8Array(kg.data.actors.length);

  // An actor is off with its kind, or when all its alliances are; "" stands for those in none.
  function findActors() {
    const { kind, alliance } = kg.state.off;
    kg.data.actors.forEach((actor, n) => {
      const own = actor.kind === "alliance" ? [n] : alliancesOf[n];
      const out = alliance.size > 0 && (own.length ? own.every((a) => alliance.has(kg.data.actors[a].id)) : alliance.has(""));
      actorOn[n] = !kind.has(actor.kind) && !out;
    });
  }

  function findClaims() {
    const { mode, day, until } = kg.state;
    const tables = ["certainty", "modality", "claimant", "publisher", "document"].map((name) => [offTable(name), dimensions[name].codes]).filter(([off]) => off.includes(1));
    const typeOff = offTable("type"), typeCodes = dimensions.type.codes;
    for (let n = 0; n < kg.told.length; n++) {
      let told = kg.YES;
      if (mode === "day") told = held(n, day, day);
      else if (mode === "range") told = held(n, day, until);
      else if (mode === "compare") {
        kg.then[n] = held(n, day, day);
        kg.now[n] = held(n, until, until);
        told = Math.max(kg.then[n], kg.now[n]);
      }
      for (let t = 0; told && t < tables.length; t++) if (tables[t][0][tables[t][1][n]]) told = kg.NO;
      kg.told[n] = told;
      if (told && typeOff[typeCodes[n]]) told = kg.NO;
      for (let i = starts[n]; told && i < starts[n + 1]; i++) if (!actorOn[partners[i]]) told = kg.NO;
      kg.status[n] = told;
    }
  }

  // The lines that their claims allow: Map of line id to { claims, sure, change }.
  function findLines() {
    const comparing = kg.state.mode === "compare";
    kg.lit = new Map();
    for (const line of kg.data.lines) {
      let claims = null, sure = false, then = false, now = false;
      for (const n of line.claims) {
        const claim = kg.data.claims[n];
        if (kg.status[n] === kg.NO || claim.denied) continue;
        (claims ??= []).push(n);
        sure ||= kg.status[n] === kg.YES && claim.certainty === "stated" && claim.modality === "actual";
        if (comparing) { then ||= kg.then[n] !== kg.NO; now ||= kg.now[n] !== kg.NO; }
      }
      if (claims) kg.lit.set(line.id, { claims, sure, change: comparing ? kg.changeOf(then, now) : null });
    }
  }

  kg.changeOf = (then, now) => (then && now ? "both" : then ? "then" : "now");

  // Recompute what is shown and tell every part of the page.
  kg.update = function () {
    findActors();
    findClaims();
    findLines();
    kg.narrow(); // kg.lit → kg.drawn, kg.shownActors
    for (const listen of kg.listeners) listen();
  };
})();

// `selected` is null or { kind: "actor" | "line" | "claim" | "path", id }: an actor's or a claim's number, a line's id.
kg.select = function (selected) {
  kg.state.selected = selected;
  kg.update();
};

let speaking; // said a moment later: a reader of the screen hears the last of several things, whole
kg.say = function (text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => { document.getElementById("said").textContent = text; }, 60);
};
