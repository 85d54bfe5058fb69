// Search by any name: the combobox pattern of the ARIA practices guide, with its keys.
(function () {
  const input = document.getElementById("find");
  const list = document.getElementById("found");
  // Letters without accents, apostrophes or case: "taang" finds Ta’ang.
  const LETTERS = { ø: "o", ł: "l", đ: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe" }; // what no normal form takes apart
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}|['’ʼ‘`]/gu, "").toLowerCase().replace(/[øłđıßæœ]/g, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const entries = kg.data.actors.flatMap((actor, number) =>
    [...new Set([actor.name, actor.label, ...actor.names])].map((name) => ({ number, name, folded: fold(name.slice(0, 200)) })));
  let active = -1;

  // 0 the whole name, 1 its beginning, 2 the beginning of a word, 3 elsewhere, 9 not at all.
  function rank(folded, wanted) {
    if (folded === wanted) return 0;
    const at = folded.indexOf(wanted);
    if (at < 0) return 9;
    return at === 0 ? 1 : /[\p{L}\p{N}]/u.test(folded[at - 1]) ? 3 : 2;
  }

  // At most `most` letters wrong, missing or too many, between what is typed and the beginning of a word.
  function near(word, wanted, most) {
    let row = Array.from({ length: wanted.length + 1 }, (_, i) => i);
    let least = row[wanted.length];
    for (let i = 1; i <= Math.min(word.length, wanted.length + most); i++) {
      const next = [i];
      for (let j = 1; j <= wanted.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (word[i - 1] === wanted[j - 1] ? 0 : 1));
      row = next;
      least = Math.min(least, row[wanted.length]);
    }
    return least <= most;
  }

  // With a slip of the finger: every word typed is near the beginning of some word of the name.
  function findNear(wanted) {
    const words = wanted.split(" ").map((word) => [word, word.length > 7 ? 2 : word.length > 3 ? 1 : 0]);
    return entries.filter(({ folded }) => words.every(([word, most]) => folded.split(" ").some((part) => near(part, word, most))));
  }

  function find(text) {
    const wanted = fold(text);
    if (!wanted) return [];
    const best = new Map();
    for (const entry of entries) {
      const score = rank(entry.folded, wanted);
      if (score < 9 && (!best.has(entry.number) || score < best.get(entry.number).score)) best.set(entry.number, { ...entry, score });
    }
    if (!best.size && wanted.length > 3) for (const entry of findNear(wanted)) if (!best.has(entry.number)) best.set(entry.number, { ...entry, score: 4 });
    return [...best.values()].sort((a, b) => a.score - b.score || kg.claimsOf[b.number].length - kg.claimsOf[a.number].length).slice(0, 12);
  }

  function show() {
    const found = find(input.value);
    active = found.length ? 0 : -1;
    list.replaceChildren(...found.map(({ number, name }, i) => {
      const actor = kg.data.actors[number];
      return kg.el("li", { role: "option", id: "found-" + i, "data-actor": number, "aria-selected": String(i === 0),
        on: { mousedown: (event) => { event.preventDefault(); choose(number); } } },
        kg.el("span", { class: "name" }, kg.text(actor.name.slice(0, 120))),
        kg.el("small", {}, name !== actor.name ? kg.text(name.slice(0, 80)) : "", (name !== actor.name ? " · " : "") + kg.words(actor.kind)));
    }));
    if (!found.length && fold(input.value)) list.append(kg.el("li", { class: "none", text: "No name like this in the claims" + (kg.data.server ? " of this page" : "") }));
    if (kg.data.server && fold(input.value)) askElsewhere(input.value.trim());
    open(list.childElementCount > 0);
    mark();
    kg.say(found.length ? kg.plural(found.length, "name") + " found" : "nothing found");
  }

  // What the server knows beyond this page: an entry that asks it, and, a moment after the last letter, the names that fit there.
  let waiting, asking;
  function askElsewhere(text) {
    clearTimeout(waiting);
    asking?.abort();
    const entry = (href, name, about, options) => kg.el("li", { role: "option", class: "elsewhere", "data-href": href, on: { mousedown: (event) => { event.preventDefault(); location.assign(href); } }, ...options }, name, about);
    const number = () => { list.querySelectorAll('[role="option"]').forEach((option, i) => { option.id = "found-" + i; }); if (active < 0) active = 0; mark(); };
    const all = entry(kg.askServer({ find: text }), kg.el("span", { class: "name" }, "Find “", kg.text(text.slice(0, 60)), "” in the whole graph"), null);
    list.append(all);
    number();
    waiting = setTimeout(async () => {
      asking = new AbortController();
      try {
        const answer = await fetch(kg.askServer({ find: text }), { headers: { Accept: "application/json" }, signal: asking.signal });
        const more = await answer.json();
        if (!list.contains(all)) return;
        const shown = new Set([...list.querySelectorAll("[data-actor]")].map((option) => kg.data.actors[+option.dataset.actor].id));
        all.before(...more.filter(({ id }) => !shown.has(id)).map(({ id, name, label, kind, claims, more: many }) =>
          entry(kg.askAround([id]), kg.el("span", { class: "name" }, kg.text(label.slice(0, 120))),
            kg.el("small", {}, ...(name !== label ? [kg.text(name.slice(0, 80)), " · "] : []), (kind || "actor") + " · " + (many ? "over " : "") + kg.plural(claims, "claim") + " in the whole graph"))));
        number();
        kg.say(kg.plural(list.querySelectorAll('[role="option"]').length - 1, "name") + " found");
      } catch { /* it cannot be asked just now: the entry that opens its page remains */ }
    }, 180);
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }

  function mark() {
    const options = list.querySelectorAll('[role="option"]');
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active >= 0 && options[active]) {
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(number) {
    open(false);
    input.value = "";
    const wasPath = kg.pathFrom !== null;
    if (kg.crowd && !wasPath) kg.state.scope = new Map([[number, 1]]); // in a crowd: its neighbourhood
    kg.choose(number);
    if (wasPath) return document.getElementById("panel").focus();
    if (kg.state.view === "picture") {
      if (kg.state.scope.has(number)) kg.picture.fit();
      else kg.picture.focus(number);
    }
    document.getElementById("panel").focus();
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const options = list.querySelectorAll('[role="option"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else if (options.length) { active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length; mark(); }
    } else if (event.key === "Enter" && !list.hidden) {
      const { actor, href } = options[active]?.dataset || {};
      if (href) location.assign(href);
      else if (actor !== undefined) choose(+actor);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) { input.value = ""; kg.endPath(); kg.update(); input.blur(); } else open(false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { event.preventDefault(); input.focus(); }
  });
})();
