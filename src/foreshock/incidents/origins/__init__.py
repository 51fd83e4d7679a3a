"""Which documents and claims go back to one first-hand source, and why."""

from foreshock.incidents.origins.chains import origin_of, origins_of
from foreshock.incidents.origins.graph import all_links, document_groups, links_of
from foreshock.incidents.origins.linking import link_documents
from foreshock.incidents.origins.marks import own_mark
from foreshock.incidents.origins.signature import Signatures
from foreshock.incidents.origins.translations import Renderings

__all__ = [
    "Renderings",
    "Signatures",
    "all_links",
    "document_groups",
    "link_documents",
    "links_of",
    "origin_of",
    "origins_of",
    "own_mark",
]
