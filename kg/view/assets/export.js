// Files of what is shown, made in the page: the picture as PNG and SVG, the table as CSV, the network as GEXF.
(function () {
  const menu = document.getElementById("export");

  function save(name, blob) {
    const link = kg.el("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    kg.say(name + " saved");
    menu.open = false;
  }
  const stamp = () => ["allegiance", kg.state.day === null ? null : kg.fromDay(kg.state.day), kg.state.until === null ? null : kg.fromDay(kg.state.until)].filter(Boolean).join("-");
  const svgText = () => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(kg.drawing());

  function savePng() {
    const picture = kg.drawing();
    const [width, height] = [+picture.getAttribute("width"), +picture.getAttribute("height")];
    const scale = Math.min(2, 8000 / Math.max(width, height));
    const image = new Image();
    image.onload = () => {
      const canvas = kg.el("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(stamp() + ".png", blob), "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(picture));
  }

  // RFC 4180; a cell that a spreadsheet would run as a formula gets an apostrophe before it.
  function csvCell(text) {
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  }
  kg.csv = function () {
    const table = kg.tables[kg.state.table];
    const columns = [...table.columns.filter(([title]) => title !== "At this time" || kg.state.mode !== "all"), ...table.also];
    const lines = [columns.map(([title]) => title), ...kg.sortedRows(table).rows.map((row) => columns.map(([, value]) => value(row)))];
    return "\ufeff" + lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
  };

  const KINDS = {
    PNG: ["picture", savePng], SVG: ["picture, as vectors", () => save(stamp() + ".svg", new Blob([svgText()], { type: "image/svg+xml" }))],
    CSV: ["table", () => save(stamp() + "-" + kg.state.table + ".csv", new Blob([kg.csv()], { type: "text/csv" }))],
    GEXF: ["network with its days, for Gephi", () => save(stamp() + ".gexf", new Blob([kg.gexf()], { type: "application/xml" }))],
  };
  menu.append(kg.el("div", { class: "choices" }, ...Object.entries(KINDS).map(([kind, [words, act]]) =>
    kg.el("button", { type: "button", "data-export": kind, on: { click: act } }, kg.el("strong", { text: kind }), " " + words))));
  document.addEventListener("click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
})();
