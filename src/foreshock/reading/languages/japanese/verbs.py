"""What the words of a predicate say by themselves: its dictionary form, its voice, whether it only describes."""

from __future__ import annotations

from foreshock.reading.languages.japanese.chunks import Chunk
from foreshock.reading.languages.japanese.lexicon import Lexicon
from foreshock.reading.languages.japanese.words import Word


def describes(found: list[Word], chunk: Chunk, lexicon: Lexicon) -> bool:
    """Say whether a verb before a noun says what it is like (武装した男) and tells no event."""
    past = chunk.link == "noun" and not chunk.formal and chunk.tail in ("た", "した")
    return past and lemma(found, chunk) in lexicon.describing


def passive(found: list[Word], chunk: Chunk) -> bool:
    """Say whether れる or られる follows the predicate directly."""
    for word in found[chunk.head + 1 : chunk.stop]:
        if word.lemma in ("れる", "られる") and word.is_("助動詞"):
            return True
        if word.is_("助詞") and word.text not in ("て", "で"):
            return False
    return False


def lemma(found: list[Word], chunk: Chunk) -> str:
    """Return the dictionary form of a predicate: the verbal noun, the noun, or the verb; 無い is ある, negated."""
    head = found[chunk.head]
    if head.predicative:
        if head.lemma in ("ない", "無い"):
            return "ある"
        if head.lemma == "する" and chunk.head and found[chunk.head - 1].text in ("と", "」"):
            return "とする"
        before = found[chunk.head - 1].text if chunk.head > chunk.first else ""
        if before == "に":
            return "".join(w.text for w in found[chunk.first : chunk.head]) + head.lemma
        if head.lemma in ("付ける", "づける", "付く", "づく") and chunk.head > chunk.first and found[chunk.head - 1].nominal:
            return found[chunk.head - 1].text + head.lemma
        left = [found[i] for i in range(chunk.first, chunk.head)]
        return "".join(w.text for w in left if w.predicative) + head.lemma
    if (
        head.is_("接尾辞-名詞的")
        and not head.is_("接尾辞-名詞的-助数詞")
        and chunk.head > chunk.first
        and found[chunk.head - 1].is_("名詞-普通名詞")
        and not found[chunk.head - 1].text.isascii()
    ):
        return "".join(w.text for w in found[chunk.first : chunk.head + 1])
    return head.lemma.lower() if head.text.isascii() else head.text
