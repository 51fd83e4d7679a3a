"""The files of wide cues name kinds and modes of the codebook, and their patterns can be found."""

from importlib.resources import files

import pytest

from foreshock.coding.encoder.grammars import SurfaceGrammars
from foreshock.coding.shallow.phrases import places_of
from foreshock.errors import CatalogueError
from foreshock.ontology import language_cues
from foreshock.ontology.codebook import load_codebook
from foreshock.reading.languages import load

CODEBOOK = load_codebook()
FOLDER = files("foreshock.ontology").joinpath("cues")
LANGUAGES = sorted(path.name.removesuffix(".yaml") for path in FOLDER.iterdir() if path.name.endswith(".yaml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_of_the_codebook(language: str) -> None:
    rows = list(language_cues.language_cues(CODEBOOK, language))
    assert len({kind for kind, _, _ in rows}) >= 20
    # Those of a language with a parser are dictionary forms, which these lists have too.
    of_kinds = () if load(language).depth == "parsed" else CODEBOOK.cues(language)
    known = {(kind, mode, cue) for kind, mode, cues in of_kinds for cue in (*cues.predicates, *cues.nouns)}
    for kind, mode, cues in rows:
        for cue in (*cues.predicates, *cues.nouns, *cues.acts):
            assert cue == " ".join(cue.split())
            assert all(word.strip("*") for word in cue.split()), (kind, cue)
        assert not [cue for cue in (*cues.predicates, *cues.nouns) if (kind, mode, cue) in known]


def test_a_wide_cue_is_found_only_where_it_is_asked_for() -> None:
    assert list(language_cues.language_cues(CODEBOOK, "xx")) == []
    grammar = SurfaceGrammars(CODEBOOK).of("it")
    assert grammar is not None
    found = grammar.cues.find(places_of(grammar.index.scan(grammar.tokens("I ribelli hanno sferrato un attacco all'alba."))))
    assert {one.value.kind for one in found} == {"ASSAULT"}


def test_a_kind_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_cues, "_table", lambda _: {"ASSAULT/dance": {"predicates": ["balla*"]}})
    with pytest.raises(CatalogueError, match=r"cues/it\.yaml: 'ASSAULT/dance'"):
        list(language_cues.language_cues(CODEBOOK, "it"))
