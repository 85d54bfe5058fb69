"""Claims as triples: IRIs, stores, named SPARQL queries, shapes. Importing it loads neither rdflib nor pyshacl."""

from kg.rdf.formats import FORMATS, Result, Rows, serialize
from kg.rdf.lookup import find_actor, find_place
from kg.rdf.mapping import actor_quads, claim_quads, claims_quads, document_quads, place_quads
from kg.rdf.ontology import ontology_quads
from kg.rdf.queries import Parameter, Query, list_queries, load_query, run_query, run_sparql
from kg.rdf.reading import StoredDocument, claim_ids, read_actors, read_claim, read_claims, read_documents, read_places
from kg.rdf.store import Store, as_dataset, open_store

__all__ = [
    "FORMATS", "Parameter", "Query", "Result", "Rows", "Store", "StoredDocument", "actor_quads", "as_dataset", "claim_ids",
    "claim_quads", "claims_quads", "document_quads", "find_actor", "find_place", "list_queries", "load_query", "ontology_quads",
    "open_store", "place_quads", "read_actors", "read_claim", "read_claims", "read_documents", "read_places", "run_query", "run_sparql",
    "serialize",
]
