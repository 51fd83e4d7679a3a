"""The Spanish pipeline: how it is put together, and how it is loaded. It is trained by ``training/train_es.py``.

Words are embedded by letters (norm, prefix, suffix, shape) and by what the dictionary says of them (:mod:`es_lexicon`), set as
lemma and tag before the network sees them; no word vectors.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from foreshock.reading.languages.es_lexicon import hint

FACTORY = "foreshock_es_hints"
ROWS = {"NORM": 2500, "PREFIX": 500, "SUFFIX": 1500, "SHAPE": 500, "LEMMA": 2500, "TAG": 200}
# What a pipeline folder holds that a blank Spanish vocabulary has by itself.
NEEDLESS = ("vocab/vectors", "vocab/vectors.cfg", "vocab/lookups.bin", "vocab/key2row")


def with_hints(doc: Any) -> Any:
    """Write onto each word of a spaCy doc what the dictionary says of it; return the doc."""
    for token in doc:
        token.lemma_, token.tag_ = hint(token.text)
    return doc


def register() -> None:
    """Make the component known to spaCy; may be called again."""
    from spacy.language import Language  # noqa: PLC0415 - heavy: only a Spanish text needs it

    if not Language.has_factory(FACTORY):
        Language.component(FACTORY, func=with_hints)


def blank(width: int) -> Any:
    """Return the untrained pipeline; ``width`` is the number of cells of a word."""
    import spacy  # noqa: PLC0415

    register()
    nlp = spacy.blank("es")
    nlp.add_pipe(FACTORY)
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": width,
                    "attrs": list(ROWS),
                    "rows": list(ROWS.values()),
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": width,
                    "depth": 4,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe(
        "trainable_lemmatizer",
        config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}, "min_tree_freq": 2, "overwrite": True},
    )
    nlp.add_pipe(
        "parser",
        config={
            "min_action_freq": 10,
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": 64,
                "maxout_pieces": 2,
                "use_upper": True,
                "tok2vec": listener,
            },
        },
    )
    return nlp


def trim(folder: Path) -> None:
    """Take out of a written pipeline what it does not need."""
    for name in NEEDLESS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()


def load(folder: Path) -> Any:
    """Return the trained pipeline.

    Raises:
        OSError: the folder holds no pipeline.
    """
    import spacy  # noqa: PLC0415

    register()
    return spacy.load(folder)
