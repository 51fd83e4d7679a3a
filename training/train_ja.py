"""Train the Japanese pipeline: links between words (UD) and named entities over Sudachi's tokens.

Source: UD_Japanese-GSD r2.x with named entities (Universal Dependencies contributors, Megagon Labs; CC BY-SA 4.0), as DocBins
``ja_gsd-ud-{train,dev,test}.ne.spacy``. The treebank's tokens are UniDic short units; what a text is cut into at run time are
Sudachi's units, so every sentence is tokenised anew and the tree is projected onto these tokens (``project``).

    python -m training.train_ja --data TREEBANKS/ja --out src/foreshock/models/ja

trains on CPU with a fixed seed, keeps the epoch that is best on the dev part and scores the test part once.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from foreshock.reading.languages.japanese.tokenizer import MODE, WORDS, Tokenizer, prepare

ATTRIBUTES = {"NORM": 6000, "TAG": 500, "MORPH": 500, "PREFIX": 2000, "SUFFIX": 2000, "SHAPE": 500}
COMPONENTS = ("tok2vec", "parser", "ner")


def sentences(path: Path, vocab: Any) -> Iterator[Any]:
    """Yield each sentence of a DocBin as a document of its own."""
    from spacy.tokens import DocBin  # noqa: PLC0415 - heavy

    for document in DocBin().from_disk(path).get_docs(vocab):
        for sentence in document.sents:
            yield sentence.as_doc()


def groups(gold: Any, found: Any) -> list[tuple[list[int], list[int]]]:
    """Align two tokenisations of one text: the smallest runs of tokens of both that cover the same characters."""
    result: list[tuple[list[int], list[int]]] = []
    left, right = list(gold), list(found)
    i = j = 0
    while i < len(left) and j < len(right):
        run: tuple[list[int], list[int]] = ([i], [j])
        ends = [left[i].idx + len(left[i]), right[j].idx + len(right[j])]
        while ends[0] != ends[1]:
            if ends[0] < ends[1]:
                i += 1
                run[0].append(i)
                ends[0] = left[i].idx + len(left[i])
            else:
                j += 1
                run[1].append(j)
                ends[1] = right[j].idx + len(right[j])
        result.append(run)
        i, j = i + 1, j + 1
    return result


def project(gold: Any, tokenize: Callable[[str], Any]) -> tuple[Any, Any]:
    """Return the sentence as tokenised at run time, and the same with the treebank's tree and entities.

    Where tokens differ, a run of tokens that covers the same characters is one node of the tree: its last new token takes the
    run's head and label, the ones before it hang on that one as ``compound``.
    """
    from spacy.tokens import Doc  # noqa: PLC0415

    predicted = tokenize(gold.text)
    aligned = groups(gold, predicted)
    owner = {i: number for number, (olds, _) in enumerate(aligned) for i in olds}
    top = [news[-1] for _, news in aligned]
    height = [sum(1 for _ in token.ancestors) for token in gold]
    heads = [0] * len(predicted)
    labels = ["dep"] * len(predicted)
    for _, (olds, news) in enumerate(aligned):
        # The run hangs where its highest node does: heads are always higher, so that no circle can come about.
        source = min(olds, key=lambda i: height[i])
        for new in news[:-1]:
            heads[new], labels[new] = news[-1], "compound"
        heads[news[-1]] = top[owner[gold[source].head.i]]
        labels[news[-1]] = gold[source].dep_
    reference = Doc(
        predicted.vocab,
        words=[t.text for t in predicted],
        spaces=[bool(t.whitespace_) for t in predicted],
        tags=[t.tag_ for t in predicted],
        heads=heads,
        deps=labels,
    )
    spans = [reference.char_span(e.start_char, e.end_char, label=e.label_, alignment_mode="expand") for e in gold.ents]
    kept: list[Any] = []
    for span in spans:
        if span is not None and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    reference.set_ents(kept)
    return predicted, reference


def frequent(path: Path, vocab: Any, least: int) -> list[str]:
    """Return the normal forms of the words that a part of the treebank holds at least so often, in order."""
    tokenize = Tokenizer(vocab)
    count = Counter(token.norm_ for one in sentences(path, vocab) for token in tokenize(one.text) if not token.is_space)
    return sorted(word for word, times in count.items() if times >= least)


def examples(path: Path, vocab: Any, tokenize: Callable[[str], Any]) -> list[Any]:
    """Return the sentences of a part of the treebank as spaCy examples."""
    from spacy.training import Example  # noqa: PLC0415

    return [Example(*project(one, tokenize)) for one in sentences(path, vocab) if len(one)]


def pipeline(width: int, depth: int, window: int, hidden: int) -> Any:
    """Return an untrained pipeline: one convolutional word layer under a transition parser and an entity recogniser."""
    import spacy  # noqa: PLC0415

    nlp = spacy.blank("xx")
    prepare(nlp.vocab)
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": width,
        "attrs": list(ATTRIBUTES),
        "rows": list(ATTRIBUTES.values()),
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": width,
        "depth": depth,
        "window_size": window,
        "maxout_pieces": 3,
    }
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}
    for name, pieces in (("parser", 2), ("ner", 2)):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": name,
            "extra_state_tokens": False,
            "hidden_width": hidden,
            "maxout_pieces": pieces,
            "use_upper": False,
            "nO": None,
            "tok2vec": listener,
        }
        nlp.add_pipe(name, config={"model": model})
    return nlp


def batches(data: Sequence[Any], words: int) -> Iterator[list[Any]]:
    """Yield examples in batches of about so many words."""
    batch: list[Any] = []
    count = 0
    for one in data:
        batch.append(one)
        count += len(one.reference)
        if count >= words:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def score(nlp: Any, data: Iterable[Any]) -> dict[str, float]:
    """Return UAS, LAS (punctuation apart, as spaCy counts) and the F of entities on a part."""
    from spacy.training import Example  # noqa: PLC0415

    fresh = [Example(one.predicted.copy(), one.reference) for one in data]
    documents = list(nlp.pipe([one.predicted for one in fresh]))
    found = nlp.evaluate([Example(document, one.reference) for document, one in zip(documents, fresh, strict=True)])
    return {key: round(float(found[key] or 0.0), 4) for key in ("dep_uas", "dep_las", "ents_f", "ents_p", "ents_r")}


def train(nlp: Any, parts: dict[str, list[Any]], options: argparse.Namespace) -> dict[str, Any]:
    """Train until the dev part has not improved for ``patience`` epochs; write the best and return its scores."""
    from spacy.util import fix_random_seed  # noqa: PLC0415
    from thinc.api import Adam  # noqa: PLC0415

    fix_random_seed(options.seed)
    order = random.Random(options.seed)
    nlp.initialize(lambda: parts["train"])
    optimizer = Adam(options.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    best, waited, report = -1.0, 0, {}
    began = time.monotonic()
    data = list(parts["train"])
    for epoch in range(options.epochs):
        order.shuffle(data)
        size = min(1500, 200 + 200 * epoch)
        losses: dict[str, float] = {}
        for batch in batches(data, size):
            nlp.update(batch, sgd=optimizer, drop=options.dropout, losses=losses)
        with nlp.use_params(optimizer.averages):
            found = score(nlp, parts["dev"])
            total = found["dep_uas"] / 2 + found["dep_las"] / 2 + found["ents_f"]
            better = total > best
            if better:
                best, waited, report = total, 0, {"epoch": epoch + 1, "dev": found}
                nlp.to_disk(options.out, exclude=["tokenizer"])
        sys.stderr.write(f"{epoch + 1} {time.monotonic() - began:.0f}s {found} {losses}\n")
        sys.stderr.flush()
        waited = 0 if better else waited + 1
        if waited >= options.patience or time.monotonic() - began > 60 * options.minutes:
            break
    return report


def main() -> None:
    """Train, write the pipeline and print its scores as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder of the three DocBins")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the pipeline to")
    parser.add_argument("--mode", default=MODE, choices=("A", "B", "C"))
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--window", type=int, default=1)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--patience", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=60.0, help="no new epoch is begun after so long")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--least", type=int, default=2, help="a word that the train part holds less often counts as unknown")
    options = parser.parse_args()
    import spacy  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415

    set_current_ops(NumpyOps(use_blis=False))
    nlp = pipeline(options.width, options.depth, options.window, options.hidden)
    words = frequent(options.data / "ja_gsd-ud-train.ne.spacy", Vocab(), options.least)
    known = frozenset(words)
    tokenize = Tokenizer(nlp.vocab, known, options.mode)
    parts = {
        name: examples(options.data / f"ja_gsd-ud-{name}.ne.spacy", nlp.vocab, tokenize) for name in ("train", "dev", "test")
    }
    report = train(nlp, parts, options)
    (options.out / WORDS).write_text("\n".join(words) + "\n", encoding="utf-8")
    kept = spacy.load(options.out, exclude=["tokenizer"])
    prepare(kept.vocab)
    again = Tokenizer(kept.vocab, known, options.mode)
    report["test"] = score(kept, examples(options.data / "ja_gsd-ud-test.ne.spacy", kept.vocab, again))
    json.dump(report, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
