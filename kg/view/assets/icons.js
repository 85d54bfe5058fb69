// How things are drawn, small: for the legend. The picture and the exported drawing use the same shapes.
kg.icons = (function () {
  const SVG = "http://www.w3.org/2000/svg";
  const { colours } = kg.data;

  function svg(width, height, ...shapes) {
    const root = document.createElementNS(SVG, "svg");
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("width", width);
    root.setAttribute("height", height);
    root.setAttribute("aria-hidden", "true");
    for (const [name, attributes] of shapes) {
      const shape = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
      root.append(shape);
    }
    return root;
  }

  const POLYGONS = {
    triangle: "8,2 14.5,13.5 1.5,13.5", triangleDown: "8,14 14.5,2.5 1.5,2.5", square: "2.5,2.5 13.5,2.5 13.5,13.5 2.5,13.5",
    diamond: "8,1 15,8 8,15 1,8", hexagon: "15,8 11.5,14 4.5,14 1,8 4.5,2 11.5,2",
  };
  function shapeIcon({ shape, fill, border }) {
    const paint = { fill, stroke: border === "#ffffff" ? fill : border, "stroke-width": 1.5 };
    return svg(16, 16, shape === "dot" ? ["circle", { cx: 8, cy: 8, r: 6.2, ...paint }] : ["polygon", { points: POLYGONS[shape], ...paint }]);
  }

  function lineIcon(colour, mark, dashed) {
    const parts = [["line", { x1: 1, y1: 8, x2: 29, y2: 8, stroke: colour, "stroke-width": 2.4, "stroke-dasharray": dashed ? "5 4" : "none" }]];
    if (mark === "arrow") parts.push(["polygon", { points: "31,8 22,3.5 22,12.5", fill: colour }]);
    if (mark === "bar") parts.push(["line", { x1: 30, y1: 2.5, x2: 30, y2: 13.5, stroke: colour, "stroke-width": 3 }]);
    if (mark === "vee") parts.push(["polyline", { points: "23,3.5 30,8 23,12.5", fill: "none", stroke: colour, "stroke-width": 2 }]);
    return svg(32, 16, ...parts);
  }
  return { POLYGONS, shapeIcon, lineIcon };
})();
