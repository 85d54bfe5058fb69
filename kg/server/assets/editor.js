// The editor: Yasgui on this service, with completions from the ontology and the named queries as examples. It asks nobody else.
"use strict";
(async () => {
  const examples = document.getElementById("examples");
  const root = examples.dataset.root;
  const terms = await (await fetch(`${root}/editor/terms.json`)).json();

  // Ours take the place of the completers that ask prefix.cc and Linked Open Vocabularies.
  const expanded = (token) => {
    const colon = token.indexOf(":");
    const namespace = colon > 0 ? terms.prefixes[token.slice(0, colon)] : undefined;
    return namespace ? namespace + token.slice(colon + 1) : token.replace(/^</, "");
  };
  const short = (iri) => {
    const found = Object.entries(terms.prefixes).filter(([, start]) => iri.startsWith(start)).sort((a, b) => b[1].length - a[1].length)[0];
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
  };
  const matching = (iris) => async (yasqe, token) => {
    const start = expanded((token && (token.autocompletionString || token.string)) || "").trim().toLowerCase();
    return iris.filter((iri) => iri.toLowerCase().startsWith(start) || short(iri).toLowerCase().includes(start));
  };
  const complete = (kind, iris) => Yasgui.Yasqe.forkAutocompleter(kind, {
    name: `kg-${kind}`, bulk: false, get: matching(iris), postProcessSuggestion: (yasqe, token, iri) => short(iri),
  });
  complete("class", terms.classes);
  complete("property", terms.properties);
  Yasgui.Yasqe.forkAutocompleter("prefixes", {
    name: "kg-prefixes", bulk: true, persistenceId: null,
    get: async () => Object.entries(terms.prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort(),
  });
  Yasgui.Yasqe.defaults.autocompleters = ["variables", "kg-prefixes", "kg-class", "kg-property"];

  // Cells show all of what they hold, until somebody ticks "Ellipse".
  class Table extends Yasgui.Yasr.plugins.table {
    constructor(yasr) {
      super(yasr);
      this.persistentConfig = { ...this.persistentConfig, isEllipsed: false };
    }
  }
  Yasgui.Yasr.registerPlugin("table", Table);

  const declared = Object.entries(terms.prefixes).filter(([name]) => ["kg", "kind", "rdfs"].includes(name))
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n");
  const endpoint = `${location.origin}${root}/sparql`;
  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    yasqe: { value: `${declared}\n\nSELECT ?claim ?subject ?object WHERE {\n  ?claim a kg:Membership ; kg:subject ?subject ; kg:object ?object .\n} LIMIT 10`, autocompleters: Yasgui.Yasqe.defaults.autocompleters },
    persistenceId: `allegiance${root}`,
  });
  for (const query of terms.queries) examples.append(new Option(`${query.name}: ${query.question}`, query.name));
  examples.addEventListener("change", () => {
    const query = terms.queries.find((one) => one.name === examples.value);
    if (query) yasgui.addTab(true, { name: query.name, yasqe: { value: query.text }, requestConfig: { endpoint, method: "POST" } });
    examples.value = "";
  });

  // What has a page here is opened here, not at the address that its IRI would have on the web.
  const data = terms.prefixes.actor.replace(/actor\/$/, "");
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".yasr a.iri");
    if (!link || !link.href.startsWith(data)) return;
    event.preventDefault();
    window.open(`${root}/id/${link.href.slice(data.length)}`, "_blank", "noopener");
  }, true);
  window.kgYasgui = yasgui; // for tests
  document.body.dataset.ready = "yes";
})();
