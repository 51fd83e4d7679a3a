"""What the encoder is trained on: pieces, tags and pointers of annotated documents, and the parts that are kept apart."""

from __future__ import annotations

import numpy as np
import pytest

from corpus import read_all
from corpus.records import MiniDocument
from corpus.split import part_of
from foreshock.coding.encoder.model import load
from foreshock.ontology.codebook import load_codebook

pytest.importorskip("tokenizers")
pytest.importorskip("onnxruntime")

from training.encoder.epochs import documents, epoch_of
from training.encoder.examples import alone, covered, dev_part, example_of, joined, recased
from training.encoder.labels import Labels
from training.encoder.plan import Plan


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels.build([f"{kind}/{mode}" for kind, entry in load_codebook().kinds.items() for mode in entry.modes])


@pytest.fixture(scope="module")
def some() -> list[MiniDocument]:
    every = read_all(languages=["en", "ja"])[0]
    return [one for one in every if one.claims][:60]


def test_words_of_a_role_are_found_again_in_its_pieces(some: list[MiniDocument], labels: Labels) -> None:
    tokenizer = load().tokenizer
    for document in some:
        example = example_of(document, tokenizer, labels)
        assert len(example.ids) == len(example.offsets) == len(example.tags)
        assert len(example.claims) == len(document.claims)
        for claim, told in zip(document.claims, example.claims, strict=True):
            for number, role in enumerate(labels.roles):
                spans = claim.spans(role)
                if not spans:
                    assert told.starts[number] == told.ends[number] == 0
                    continue
                start, end = claim.around(role) if role == "c" else spans[0]  # type: ignore[misc]
                first, last = example.offsets[told.starts[number]][0], example.offsets[told.ends[number]][1]
                assert first <= start < end <= last
            assert labels.heads["kind"][told.labels["kind"]] == claim.kind


def test_the_words_of_triggers_are_tagged(some: list[MiniDocument], labels: Labels) -> None:
    document = some[0]
    example = example_of(document, load().tokenizer, labels)
    for claim in document.claims:
        for span in claim.spans("t"):
            assert (example.tags[covered(example.offsets, span)] > 0).all()
    outside = [n for n, (a, b) in enumerate(example.offsets) if a == b]
    assert (example.tags[outside] == 0).all()


def test_joined_documents_keep_their_marks(some: list[MiniDocument]) -> None:
    english = [one for one in some if one.language == "en"][:3]
    whole = joined(english)
    told = [whole.text[a:b] for claim in whole.claims for a, b in claim.spans("t")]
    assert told == [one.text[a:b] for one in english for claim in one.claims for a, b in claim.spans("t")]
    assert [whole.text[a:b] for a, b in whole.sentences] == [one.text[a:b] for one in english for a, b in one.sentences]


def test_sentences_alone_keep_the_marks_that_stand_in_them(some: list[MiniDocument]) -> None:
    for document in some:
        for one in alone(document):
            for claim in one.claims:
                assert claim.spans("t")
                assert all(0 <= mark.start < mark.end <= len(one.text) for mark in claim.marks)


def test_case_is_changed_only_where_offsets_hold() -> None:
    document = read_all(languages=["de"])[0][0]
    for how in ("lower", "upper", "title"):
        assert len(recased(document, how).text) == len(document.text)


def test_nothing_of_the_test_sixth_is_trained_on_or_stopped_by() -> None:
    train, kept = documents(Plan())
    assert not [one for one in (*train, *kept) if part_of(one) == "test"]
    groups = [{(one.language, one.group or one.id) for one in part} for part in (train, kept)]
    assert not groups[0] & groups[1]
    assert 0.08 < len(kept) / (len(train) + len(kept)) < 0.14
    assert all(dev_part(one) for one in kept)


def test_an_epoch_has_every_document_and_is_the_same_for_the_same_seed() -> None:
    train = documents(Plan(leave_out=tuple(set(_languages()) - {"kk"})))[0]
    plan = Plan(join=0.5, wreck=0.3, recase=0.3)
    one, again, other = epoch_of(train, plan, 0), epoch_of(train, plan, 0), epoch_of(train, plan, 1)
    assert [made.text for made in one] == [made.text for made in again]
    assert [made.text for made in one] != [made.text for made in other]
    assert len(one) < len(train)
    claims = sum(len(made.claims) for made in one)
    assert claims == pytest.approx(sum(len(made.claims) for made in train), rel=0.05)  # a lost clause takes its claim away


def test_labels_are_told_by_their_numbers(some: list[MiniDocument], labels: Labels) -> None:
    for document in some:
        for claim in document.claims:
            told = labels.of(claim)
            assert labels.heads["status"][told["status"]] == claim.status
            mode = labels.heads["mode"][told["mode"]]
            assert mode == (f"{claim.kind}/{claim.mode}" if claim.mode else claim.kind)


def test_pieces_are_those_that_the_coder_reads(some: list[MiniDocument], labels: Labels) -> None:
    model = load()
    document = some[0]
    example = example_of(document, model.tokenizer, labels)
    first = document.text[slice(*document.sentences[0])]
    window = [*model.before, *model.encode([first])[0].ids]
    assert np.array_equal(example.ids[: len(window)], window)


def _languages() -> tuple[str, ...]:
    from corpus.records import LANGUAGES

    return LANGUAGES
