"""What a page's markup says of the page: language, dates, licence, and the names that fingerprints are looked up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


def read_markup(html: str) -> Markup:
    """Return what the markup of a page says; broken markup is read as a browser would."""
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415  (heavy import)

    metas: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    times: list[str] = []
    names: dict[str, set[str]] = {"class": set(), "id": set(), "attribute": set()}
    addresses: list[str] = []
    scripts: list[str] = []
    linked_data: list[str] = []
    language = None
    document = HTMLTree.parse(html).document
    for element in document.query_selector_all("*") if document is not None else ():
        tag = element.tag
        values = {name.lower(): element.getattr(name) or "" for name in element.attrs}
        names["attribute"].update(values)
        names["class"].update(values.get("class", "").lower().split())
        names["id"].add(values.get("id", "").lower())
        addresses.extend(values[name] for name in ADDRESS_ATTRIBUTES if values.get(name))
        if tag == "html":
            language = language_tag(values.get("lang") or values.get("xml:lang"))
        elif tag == "meta":
            _meta(metas, values)
        elif tag == "link":
            links.setdefault(values.get("rel", "").lower(), values.get("href", ""))
        elif tag == "script":
            target = linked_data if "ld+json" in values.get("type", "").lower() else scripts
            target.append((element.text or "")[:MAX_SCRIPT])
        elif tag == "time" and ("pubdate" in values or "datepublished" in values.get("itemprop", "").lower()):
            times.append(values.get("datetime", ""))
    return Markup(
        language=language or _declared(metas),
        metas={name: tuple(contents) for name, contents in metas.items()},
        links=links,
        times=tuple(times),
        classes=frozenset(names["class"]),
        ids=frozenset(names["id"]),
        attributes=frozenset(names["attribute"]),
        addresses=tuple(addresses),
        scripts=tuple(scripts),
        linked_data=tuple(linked_data),
    )


def _meta(metas: dict[str, list[str]], values: Mapping[str, str]) -> None:
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        if name := values.get(attribute, "").strip().lower():
            content = values.get("content", "")
            metas.setdefault(name, []).append(content.lower() if name == "generator" else content)


def _declared(metas: Mapping[str, list[str]]) -> str | None:
    found = (language_tag(value) for name in ("content-language", "og:locale", "dc.language") for value in metas.get(name, ()))
    return next((one for one in found if one), None)
