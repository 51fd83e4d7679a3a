"""Names of a document that choose their places together, on the compiled gazetteer; the texts are our own."""

from __future__ import annotations

import re

import pytest

from foreshock.coding.toponyms import Toponym, resolve_toponyms

CASES = [
    # What stands beside a name decides.
    ("The plant in Paris, Tenn., was shut.", ["Paris"], [("USA", "Tennessee")]),
    ("Police in Salem, Ore., said so. Salem was calm.", ["Salem", "Salem"], [("USA", "Oregon"), ("USA", "Oregon")]),
    ("The flood in Georgia's Clarke County was over.", ["Georgia", "Clarke County"], [("USA", None), ("USA", "Georgia")]),
    ("A bus left Cordoba, Argentina, at noon.", ["Cordoba", "Argentina"], [("ARG", "Cordoba"), ("ARG", None)]),
    # The rest of the document decides where nothing stands beside.
    ("Shops closed in Tripoli. Beirut and Sidon stayed open.", ["Tripoli", "Beirut", "Sidon"], [("LBN", None)] * 3),
    (
        "Talks in London. Toronto, Hamilton and Windsor sent envoys.",
        ["London", "Toronto", "Hamilton", "Windsor"],
        [("CAN", "Ontario")] * 4,
    ),
    # Nothing decides: the place that most people mean.
    ("A march in Birmingham.", ["Birmingham"], [("GBR", None)]),
    # Demonyms and parts of the world, to their own precision.
    ("Peruvian and European envoys met.", ["Peruvian", "European"], [("PER", None), (None, None)]),
]


@pytest.mark.parametrize(("text", "names", "meant"), CASES)
def test_names_choose_together(gazetteer, text, names, meant):
    at, toponyms = 0, []
    for name in names:
        found = re.compile(re.escape(name)).search(text, at)
        toponyms.append(Toponym(found.start(), found.end(), name))
        at = found.end()
    for entry, (country, admin1) in zip(resolve_toponyms(toponyms, text, gazetteer=gazetteer, language="en"), meant, strict=True):
        assert entry.country == country, entry
        if admin1 is not None:
            holder = gazetteer.by_id(entry.admin1)
            assert holder is not None
            assert holder.name.replace("ó", "o").startswith(admin1)


def test_a_name_that_nothing_lists_stays_unknown(gazetteer):
    text = "In Qwertzhausen."
    assert resolve_toponyms([Toponym(3, 15, "Qwertzhausen")], text, gazetteer=gazetteer, language="en") == [None]
    assert resolve_toponyms([], "", gazetteer=gazetteer, language="en") == []


@pytest.mark.parametrize(
    ("name", "place"), [("Ohioans", "Ohio"), ("North London", "London"), ("Dagestani", "Dagestan"), ("Bostonians", None)]
)
def test_names_made_from_others(gazetteer, name, place):
    found = resolve_toponyms([Toponym(0, len(name), name)], name, gazetteer=gazetteer, language="en")[0]
    assert (found and found.name) == place


def test_no_crowd_of_towns_makes_a_village_of_a_country(gazetteer):
    names = ["Toledo", "Dayton", "Akron", "Lima", "Russia"]
    text, toponyms = "", []
    for name in names:
        toponyms.append(Toponym(len(text), len(text) + len(name), name))
        text += f"{name} and more. "
    found = resolve_toponyms(toponyms, text, gazetteer=gazetteer, language="en")
    assert (found[0].country, found[-1].feature) == ("USA", "country")
