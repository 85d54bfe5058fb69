"use strict";
// What the page knows, read once. All parts of the page hang on the object `kg`; text goes into the page by textContent only.
const kg = { data: JSON.parse(document.getElementById("kg-data").textContent) };

// Build an element: kg.el("p", { class: "date", text: "2023" }, child, ...). No attribute ever holds markup.
kg.el = function (name, options = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

// Text of a document: isolated, so that neither its writing direction nor marks in it reach the words around it.
kg.text = (text) => kg.el("bdi", { text });

kg.types = new Map(kg.data.types.map((type) => [type.name, type]));
kg.kinds = new Map(kg.data.kinds.map((kind) => [kind.name, kind]));
kg.lines = new Map(kg.data.lines.map((line) => [line.id, line]));

// The address of a page of more than is known here, from the server; null when this page is all there is. What the reader has set goes along.
kg.askServer = (question) => (kg.data.server ? kg.data.server.address + "?" + new URLSearchParams(question) : null);
kg.askAround = (ids) => {
  const page = kg.askServer([...ids.map((id) => ["actor", id]), ["steps", "1"]]);
  return page && page + "#" + kg.address.carried(ids[ids.length - 1]);
};

// For each actor the numbers of the claims that name it, and for each claim its lines.
kg.claimsOf = kg.data.actors.map(() => []);
kg.linesOf = kg.data.claims.map(() => []);
kg.data.claims.forEach((claim, number) => {
  for (const actor of new Set(Object.values(claim.roles))) kg.claimsOf[actor].push(number);
});
for (const line of kg.data.lines) for (const claim of line.claims) kg.linesOf[claim].push(line.id);

kg.words = (name) => name.replaceAll("_", " ");
kg.plural = (number, word, many = word + "s") => number.toLocaleString("en") + " " + (number === 1 ? word : many);

// Days since 1970-01-01 to and from "YYYY-MM-DD".
kg.toDay = function (text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear(+match[1], +match[2] - 1, +match[3]);
  return date.toISOString().startsWith(text) ? Math.round(date.getTime() / 86400000) : null;
};
kg.fromDay = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

// All actors that a claim ties to a place in the picture: not where it happened, nor the campaign it was part of.
kg.partners = ({ roles }) => Object.entries(roles).filter(([role]) => role !== "place" && role !== "operation").map(([, actor]) => actor);
