// What narrows the picture, in words, each with its way back.
(function () {
  const place = document.getElementById("chips");
  const short = (actor) => kg.data.actors[actor].label;
  const names = (actors) => actors.slice(0, 2).map(short).join(", ") + (actors.length > 2 ? " and " + (actors.length - 2) + " more" : "");

  function chip(words, undo, label) {
    return kg.el("li", {}, kg.text(words), kg.el("button", { type: "button", "aria-label": label, text: "×", on: { click: () => { undo(); kg.update(); } } }));
  }

  kg.listeners.push(() => {
    const { scope, hidden, folded, path, pins } = kg.state;
    const chips = [];
    if (kg.pathFrom !== null) chips.push(chip("Path from " + short(kg.pathFrom) + " to …", kg.endPath, "Choose no path"));
    if (scope.size) {
      const furthest = Math.max(...scope.values());
      chips.push(chip("Around " + names([...scope.keys()]) + ", " + (furthest > 1 ? "up to " : "") + kg.plural(furthest, "step"), () => scope.clear(), "Leave the neighbourhood"));
    }
    if (hidden.size) chips.push(chip("Hidden: " + names([...hidden]), () => hidden.clear(), "Show the hidden actors"));
    if (folded.size) chips.push(chip("Folded: " + names([...folded]), () => folded.clear(), "Open the folded alliances"));
    if (path) chips.push(chip("Path " + short(path[0]) + " – " + short(path[1]) + (kg.way ? "" : ": none"), () => { kg.state.path = null; if (kg.state.selected?.kind === "path") kg.state.selected = null; }, "Leave the path"));
    if (pins.size) chips.push(chip(kg.plural(pins.size, "actor") + " moved", () => pins.clear(), "Put all back in place"));
    if (kg.crowd) chips.push(kg.el("li", { class: "crowd", text: "The " + (scope.size ? kg.MOST : kg.FIRST) + " best connected of " + kg.crowd.toLocaleString("en") + " actors: search for one to see its neighbours" }));
    if (chips.length > 1 || (chips.length && !kg.crowd)) chips.push(kg.el("li", { class: "all" }, kg.el("button", { type: "button", text: "Show all again", on: { click: () => { pins.clear(); kg.endPath(); kg.scope.everything(); kg.picture.fit(); } } })));
    if (place.contains(document.activeElement)) kg.picture.enter();
    place.replaceChildren(...chips);
  });
})();
