"""Train the Spanish pipeline: morphology, dictionary forms and dependencies on UD_Spanish-GSD, without word vectors.

``python -m training.train_es --data ../shared/data/treebanks/es --out src/foreshock/models/es`` rebuilds the committed model: the
dev part of the treebank is trained on, a tenth of it (every tenth sentence) is kept for choosing the best epoch, the test part is
scored once at the end and never trained on. The neighbour, UD_Portuguese-Bosque, teaches only its trees, for two thirds of the
epochs. Runs on one CPU core; the seed fixes everything.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from foreshock.reading.languages import es_lexicon, es_pipeline
from training import pseudo_spanish
from training.ud_corpus import Sentence, features, read

KEEP = frozenset({"VerbForm", "Mood", "Tense", "Number", "Person", "Gender", "Reflex"})
HELD = 10
META = {
    "name": "foreshock",
    "version": "1.0.0",
    "description": "Spanish: morphology, dictionary forms, dependencies; trained on UD_Spanish-GSD and UD_Portuguese-Bosque",
    "license": "CC BY-SA 4.0",
}


def main() -> None:
    """Train, score and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of UD_Spanish-GSD, CoNLL-U, gzipped")
    parser.add_argument("--neighbour", type=Path, help="folder of UD_Portuguese-Bosque (default: pt beside --data)")
    parser.add_argument("--alone", action="store_true", help="train on Spanish alone")
    parser.add_argument("--out", type=Path, required=True, help="where the pipeline is written")
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after so long (a stop by time is not repeatable)")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=20220108)
    options = parser.parse_args()
    gold = list(read(options.data / "es_gsd-ud-dev.conllu.gz"))
    train = [sentence for index, sentence in enumerate(gold) if index % HELD]
    held = gold[::HELD]
    more: list[Sentence] = []
    if not options.alone:
        for part in ("dev", "test"):
            path = (options.neighbour or options.data.parent / "pt") / f"pt_bosque-ud-{part}.conllu.gz"
            more += [pseudo_spanish.dress(sentence) for sentence in read(path, keep_words=True)]
    nlp, scores = run(train, more, held, options)
    test = _examples(nlp, read(options.data / "es_gsd-ud-test.conllu.gz"))
    result = {"held": scores, "test": _scores(nlp, test)}
    nlp.meta.update(META)
    nlp.to_disk(options.out)
    es_pipeline.trim(options.out)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    (options.out / "scores.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def run(
    train: Sequence[Sentence], more: Sequence[Sentence], held: Sequence[Sentence], options: Any
) -> tuple[Any, dict[str, float]]:
    """Return the pipeline of the best epoch on ``held`` and its scores there."""
    from spacy.training.batchers import minibatch_by_words  # noqa: PLC0415
    from thinc.util import fix_random_seed  # noqa: PLC0415

    fix_random_seed(options.seed)
    shuffler = random.Random(options.seed)
    nlp = es_pipeline.blank(options.width)
    own, other, check = _examples(nlp, train), _examples(nlp, more, tree_only=True), _examples(nlp, held)
    optimizer = nlp.initialize(lambda: own)
    optimizer.learn_rate = 0.001
    best, kept, began, step = {"dep_las": 0.0}, b"", time.monotonic(), 0
    for epoch in range(options.epochs):
        # The neighbour is left out of the last third, so that the pipeline ends on Spanish alone.
        mixed = own + (other if epoch < options.epochs * 2 // 3 else [])
        shuffler.shuffle(mixed)
        size = min(150 + 75 * epoch, 1000)
        losses: dict[str, float] = {}
        for batch in minibatch_by_words(mixed, size=size):
            step += 1
            optimizer.learn_rate = 0.001 * min(1.0, step / 100)
            nlp.update(batch, sgd=optimizer, drop=options.dropout, losses=losses)
        with nlp.use_params(optimizer.averages):
            scores = _scores(nlp, check)
            mark = scores["dep_las"] + 0.2 * scores["pos_acc"]
            if mark > best["dep_las"] + 0.2 * best.get("pos_acc", 0.0):
                best, kept = scores, nlp.to_bytes()
        took = time.monotonic() - began
        sys.stderr.write(f"epoch {epoch} {took:.0f}s {json.dumps(scores)}\n")
        if took > options.minutes * 60:
            break
    return nlp.from_bytes(kept), best


def _examples(nlp: Any, sentences: Iterable[Sentence], *, tree_only: bool = False) -> list[Any]:
    """Return sentences as spaCy examples: the text as the tokenizer cuts it beside the analysis of the treebank.

    ``tree_only`` teaches nothing but the tree: the neighbour's words are of other classes and forms.
    """
    from spacy.tokens import Doc  # noqa: PLC0415
    from spacy.training import Example  # noqa: PLC0415

    found = []
    for words in sentences:
        gold = Doc(
            nlp.vocab,
            words=[word.form for word in words],
            spaces=[word.space for word in words],
            pos=None if tree_only else [word.upos for word in words],
            morphs=None if tree_only else [features(word.feats, KEEP) for word in words],
            lemmas=None if tree_only else [_lemma(word.form, word.lemma.lower(), word.upos) for word in words],
            heads=[word.head for word in words],
            deps=["ROOT" if word.dep == "root" else word.dep for word in words],
        )
        found.append(Example(es_pipeline.with_hints(nlp.make_doc(gold.text)), gold))
    return found


def _lemma(form: str, lemma: str, upos: str) -> str:
    """Return the treebank's lemma; where a contraction was joined the preposition's."""
    return lemma if upos != "VERB" or lemma else es_lexicon.verb(form)


def _scores(nlp: Any, examples: Sequence[Any]) -> dict[str, float]:
    found = nlp.evaluate(examples)
    keys = ("dep_las", "dep_uas", "pos_acc", "morph_acc", "lemma_acc")
    scores = {key: round(float(found[key]), 4) for key in keys}
    scores["speed"] = round(float(found["speed"]))
    return scores


if __name__ == "__main__":
    main()
