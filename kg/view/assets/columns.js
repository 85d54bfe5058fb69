// The claims as columns of numbers: a filter over 25,000 of them takes a millisecond or two. Built once; nothing else computes from dates.
kg.NO = 0; kg.MAYBE = 1; kg.YES = 2;

kg.columns = (function () {
  const { claims, actors, documents } = kg.data;
  const EARLIEST = -(2 ** 31), LATEST = 2 ** 31 - 1;

  // The four days of each claim's window; a missing bound reaches for ever, a missing sure day is never reached.
  const windows = new Int32Array(claims.length * 4);
  claims.forEach(({ window: [first, from, until, last] }, n) => windows.set([first ?? EARLIEST, from ?? LATEST, until ?? EARLIEST, last ?? LATEST], n * 4));

  // Whether a claim holds on some day from `start` to `end` (one day: both the same).
  function held(n, start, end) {
    const at = n * 4;
    if (end < windows[at] || start > windows[at + 3]) return kg.NO;
    return windows[at + 1] <= end && windows[at + 2] >= start ? kg.YES : kg.MAYBE;
  }

  // One dimension of the filters: its values, most frequent first unless an order is given, and the code of each claim's value.
  function dimension(read, order) {
    const counts = new Map();
    const read_ = claims.map(read);
    for (const value of read_) counts.set(value, (counts.get(value) || 0) + 1);
    const names = order ? order.filter((name) => counts.has(name)) : [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    const number = new Map(names.map((name, i) => [name, i]));
    return { names, counts, codes: Uint32Array.from(read_, (value) => number.get(value)) };
  }
  const publisher = (claim) => documents[claim.document].publisher || "not told";
  const dimensions = {
    type: dimension((c) => c.type, kg.data.types.map((type) => type.name)),
    certainty: dimension((c) => c.certainty, ["stated", "unverified", "disputed"]),
    modality: dimension((c) => c.modality, ["actual", "planned", "possible", "asked"]),
    claimant: dimension((c) => c.by || ""),
    publisher: dimension(publisher),
    document: dimension((c) => String(c.document)),
  };

  // Which actors a claim stands or falls with: starts[n] to starts[n + 1] in `partners`.
  const starts = new Uint32Array(claims.length + 1);
  const partners = Uint32Array.from(claims.flatMap((claim, n) => {
    const found = kg.partners(claim);
    starts[n + 1] = starts[n] + found.length;
    return found;
  }));

  // The alliances that any claim says an actor belongs to, now or ever.
  const alliancesOf = actors.map(() => []);
  const members = new Map();
  for (const { type, roles, denied, modality } of claims) {
    if ((type !== "member_of" && type !== "part_of") || denied || modality !== "actual") continue;
    const { subject, object } = roles;
    if (actors[object].kind !== "alliance" || alliancesOf[subject].includes(object)) continue;
    alliancesOf[subject].push(object);
    members.set(object, (members.get(object) || 0) + 1);
  }
  const alliances = [...members.keys()].sort((a, b) => members.get(b) - members.get(a) || a - b);
  return { held, dimensions, starts, partners, alliancesOf, alliances, members };
})();
