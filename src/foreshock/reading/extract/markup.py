"""What a page's markup says of the page: language, dates, licence, and the names that fingerprints are looked up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foreshock.reading.extract.tags import language_tag

ADDRESS_ATTRIBUTES = ("src", "href", "action", "data-src")
# A page's own scripts are short where they set up a service; a bundle of megabytes is not searched to its end.
MAX_SCRIPT = 200_000


@dataclass(frozen=True, slots=True)
class Markup:
    """Names and values of a page's elements; names of classes, ids, attributes and metas in lower case.

    ``metas`` maps name, property, itemprop or http-equiv to its contents (lower case only under ``generator``) in order;
    ``links`` maps rel to href; ``times`` are ``datetime`` values of elements that mark a publication time.
    """

    language: str | None
    metas: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]
    times: tuple[str, ...]
    classes: frozenset[str]
    ids: frozenset[str]
    attributes: frozenset[str]
    addresses: tuple[str, ...]
    scripts: tuple[str, ...]
    linked_data: tuple[str, ...]


@dataclass(slots=True)
class _Collected:
    """A Markup being filled, element by element."""

    language: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)

    def add(self, tag: str, values: Mapping[str, str], text: str) -> None:
        self.attributes.update(values)
        self.classes.update(values.get("class", "").lower().split())
        self.ids.add(values.get("id", "").lower())
        self.addresses.extend(values[name] for name in ADDRESS_ATTRIBUTES if values.get(name))
        if tag == "html":
            self.language = self.language or language_tag(values.get("lang") or values.get("xml:lang"))
        elif tag == "meta":
            _meta(self.metas, values)
        elif tag == "link":
            self.links.setdefault(values.get("rel", "").lower(), values.get("href", ""))
        elif tag == "script":
            (self.linked_data if "ld+json" in values.get("type", "").lower() else self.scripts).append(text[:MAX_SCRIPT])
        elif tag == "time" and ("pubdate" in values or "datepublished" in values.get("itemprop", "").lower()):
            self.times.append(values.get("datetime", ""))


def read_markup(html: str) -> Markup:
    """Return what the markup of a page says; broken markup is read as a browser would."""
    from resiliparse.parse.html import ELEMENT, HTMLTree, traverse_dom  # noqa: PLC0415  (heavy import)

    found = _Collected()

    def visit(context: Any) -> None:
        node = context.node
        if node.type == ELEMENT:
            values = {name.lower(): node.getattr(name) or "" for name in node.attrs}
            found.add(node.tag, values, (node.text or "") if node.tag == "script" else "")

    # Selectors and collections of this parser take time that grows with the square of a page's depth; this walk does not.
    document = HTMLTree.parse(html).document
    if document is not None:
        traverse_dom(document, visit)
    return Markup(
        language=found.language or _declared(found.metas),
        metas={name: tuple(contents) for name, contents in found.metas.items()},
        links=found.links,
        times=tuple(found.times),
        classes=frozenset(found.classes),
        ids=frozenset(found.ids),
        attributes=frozenset(found.attributes),
        addresses=tuple(found.addresses),
        scripts=tuple(found.scripts),
        linked_data=tuple(found.linked_data),
    )


def _meta(metas: dict[str, list[str]], values: Mapping[str, str]) -> None:
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        if name := values.get(attribute, "").strip().lower():
            content = values.get("content", "")
            metas.setdefault(name, []).append(content.lower() if name == "generator" else content)


def _declared(metas: Mapping[str, list[str]]) -> str | None:
    found = (language_tag(value) for name in ("content-language", "og:locale", "dc.language") for value in metas.get(name, ()))
    return next((one for one in found if one), None)
