"""Bunsetsu: a content word with its compound on the left and its particles and auxiliaries on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foreshock.reading.languages.japanese.lexicon import Lexicon
from foreshock.reading.languages.japanese.words import CLOSING, OPENING, Word, remarks

_JOINTS = ("・", "＝", "=", "か", "カ", "ヵ", "ヶ", "ケ")
# What says when someone held an office: part of the title.
_TERMS = frozenset(("前", "元", "現", "新", "旧", "故", "次期"))
# Markers of the source of a statement: によると, の発表では.
CITED = re.compile(r"によ(?:りま)?(?:ると|れば|すと)|^の.+では$")
_THINGS = frozenset(("これ", "それ", "ここ", "そこ", "あれ", "何"))
_TOPICS = frozenset(("は", "も", "こそ", "さえ", "のみ", "だけ", "しか", "すら", "ばかり", "など"))


@dataclass(slots=True)
class Chunk:
    """One bunsetsu while it is being read: words ``first``..``last``, content up to ``head``, predicate end ``stop`` (words).

    ``link`` says what it looks for on its right: "noun" (の, an adnominal form), "quote", "time", "end" ... or "argument".
    ``depth`` is its depth inside quotation marks; ``island`` the number of the bracketed remark that holds it, 0 outside;
    ``named`` says that it stands in a name in quotation marks, which count for nothing.
    The last six spare a second walk through the sentence: ``wall``, the next chunk less deep in quotation marks; ``topics``, how
    many topics stand before it at its depth and which is the last; and, once it is linked, ``told``, whether it is part of what a
    later clause says or asks; ``speech``, the verb that reports it, or -1; ``subject``, whether a が depends on it;
    ``under``, the chunks that depend on it.
    """

    index: int
    first: int
    head: int
    last: int
    kind: str
    depth: int = 0
    island: int = 0
    predicate: bool = False
    stop: int = 0
    marker: str = ""
    particles: tuple[str, ...] = ()
    link: str = "argument"
    to: int = -1
    tail: str = ""
    ends: bool = False
    formal: str = ""
    formal_end: int = -1
    closes: bool = False
    opens: bool = False
    named: bool = False
    extra: list[int] = field(default_factory=list)
    wall: int = 0
    topics: tuple[int, int] = (0, -1)
    told: bool = False
    speech: int = -1
    subject: bool = False
    under: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence while its clauses are found: text, words, chunks and the language's knowledge; ``offset`` in the document."""

    text: str
    found: list[Word]
    cut: list[Chunk]
    lexicon: Lexicon
    offset: int = 0

    def personal(self, chunk: Chunk) -> bool:
        """Say whether the chunk's noun can act or speak: a person, a body, a state; これ and それ cannot."""
        head = self.found[chunk.head]
        return bool(self.lexicon.people.search(head.text)) or (head.is_("代名詞") and head.text not in _THINGS)

    def comma(self, chunk: Chunk) -> bool:
        """Say whether a comma stands after the chunk."""
        return any(self.found[i].text == "、" for i in range(max(chunk.head + 1, chunk.stop), chunk.last + 1))


def _copular(found: list[Word], index: int) -> bool:
    """Say whether ある or ない at ``index`` belongs to a copula: で(は|も)ある, で(は|も)ない, くない."""
    before = index - 1
    if before >= 0 and found[before].text in ("は", "も") and before >= 1:
        before -= 1
    return (
        before >= 1
        and (found[before].text in ("で", "じゃ") or found[before].form.startswith("連用形"))
        and found[before].text != "に"
        and index - before <= 2
    )


def auxiliary(found: list[Word], index: int, lexicon: Lexicon) -> bool:
    """Say whether the verb or adjective at ``index`` only carries the predicate before it (拘束|し, 続い|て|いる)."""
    word = found[index]
    if index == 0:
        return False
    before = found[index - 1]
    if before.mark:
        return False
    if word.is_("接尾辞-動詞的", "接尾辞-形容詞的"):
        return True
    if (
        word.lemma in ("ある", "ない", "ござる", "無い")
        and word.is_("動詞-非自立可能", "形容詞-非自立可能")
        and _copular(found, index)
    ):
        return True
    te = before if before.text in ("て", "で") else found[index - 2] if before.text in ("は", "も") and index > 1 else before
    if te.is_("助詞-接続助詞") and te.text in ("て", "で") and word.lemma in lexicon.te_auxiliaries:
        return True
    if word.lemma in ("する", "す", "できる", "いたす", "なさる", "致す", "出来る") and (
        before.nominal or before.text in ("たり", "だり")
    ):
        return not before.is_("名詞-数詞") or word.lemma != "する"
    if before.predicative and before.form.startswith("連用形") and word.is_("動詞", "形容詞"):
        return word.lemma in lexicon.compound_verbs
    if before.is_("助動詞") and before.form.startswith("連用形") and word.lemma in ("ない", "なる") and before.lemma != "だ":
        return True
    if before.text in ("ば", "と", "は") and word.lemma in ("なる", "いける") and te.lemma in ("ば", "と", "て", "で"):
        return before.text == "ば" or word.dep == "fixed"
    if before.text == "も" and word.lemma in ("しれる", "知れる"):
        return True
    if before.text == "を" and word.lemma in ("得る", "える") and index > 1 and found[index - 2].text == "ざる":
        return True
    return before.text == "と" and word.text in ("いう", "いった", "いっ") and word.dep in ("fixed", "case")


def _particles_of_several_words(text: str, found: list[Word], lexicon: Lexicon) -> set[int]:
    """Return the words that stand inside a compound particle (に対して, によると) after a noun or a closing quotation mark."""
    starts = {word.start: word for word in found}
    ends = {word.end for word in found}
    covered: set[int] = set()
    for match in lexicon.compound_particles.finditer(text):
        word = starts.get(match.start())
        if word is None or word.index == 0 or match.end() not in ends:
            continue
        before = found[word.index - 1]
        quoted = before.text in CLOSING | {")", "）"} and word.text not in ("と", "で")
        if before.nominal or quoted or before.is_("助詞-副助詞", "助詞-格助詞") or before.text == "・":
            covered.update(w.index for w in found if match.start() <= w.start < match.end())
    return covered


def _joins(left: Word, right: Word, lexicon: Lexicon) -> bool:
    """Say whether two neighbouring content words belong to one compound."""
    latin = left.text.isascii() and right.text.isascii()
    if left.end != right.start and not latin:
        return False
    if left.predicative:
        # 厳しくなる is one predicate, 早く開く is an adverb and one.
        one = left.is_("動詞") or right.lemma in ("なる", "成る", "する")
        return (one and right.is_("動詞") and left.form.startswith("連用形")) or right.is_("接尾辞")
    if left.nominal and right.is_("動詞"):
        return right.lemma in lexicon.noun_verbs
    if not (left.nominal and right.nominal):
        return left.is_("接頭辞")
    if right.is_("接尾辞") or left.is_("接頭辞") or latin:
        return True
    if left.text in _TERMS and right.nominal and lexicon.people.search(right.text):
        return True
    if "副詞可能" in left.tag and left.dep not in ("compound", "nummod", "nmod"):
        return False
    return not (left.dep in ("advmod", "obl", "nsubj", "obj") and left.head != right.index)


def _kind(word: Word) -> str:
    if word.predicative:
        return "verb"
    if word.is_("副詞", "感動詞"):
        return "adverb"
    if word.is_("接続詞"):
        return "conjunction"
    return "determiner" if word.is_("連体詞") else "noun"


def chunks(text: str, found: list[Word], lexicon: Lexicon) -> list[Chunk]:
    """Cut the words of a sentence into chunks; signs and brackets are counted and belong to the chunk before them."""
    covered = _particles_of_several_words(text, found, lexicon)
    result: list[Chunk] = []
    fixed = _set_adverbs(text, found, lexicon)
    inserted = remarks(text)
    depth = 0
    opened = False
    firsts: list[int] = []
    for word in found:
        if word.text in OPENING or (word.text == '"' and not depth):
            depth += 1
            opened = True
            firsts.append(len(result))
            continue
        if word.text in CLOSING or word.text == '"':
            depth = max(0, depth - 1)
            _close(found, result, word, firsts.pop() if firsts else len(result))
            continue
        if word.index in fixed:
            start, kind = fixed[word.index]
            if word.index == start:
                result.append(Chunk(len(result), start, start, start, kind, depth, opens=opened))
                opened = False
            result[-1].head = result[-1].last = word.index
            continue
        joint = word.is_("補助記号-一般") and word.text in "・＝=" and 0 < word.index < len(found) - 1
        joint = joint or _counter(found, word)
        content = _content(found, word, covered, lexicon) or (joint and bool(result) and result[-1].last == word.index - 1)
        island = next((n for n, (start, end) in enumerate(inserted, 1) if start <= word.start < end), 0)
        if not content:
            if result and result[-1].island == island:
                result[-1].last = word.index
            elif result and not word.mark:
                next((one for one in reversed(result) if one.island == island), result[-1]).extra.append(word.index)
            continue
        last = result[-1] if result else None
        before = found[word.index - 1] if word.index else word
        if last is not None and _set_phrase(found, last, word, lexicon):
            last.head = last.last = word.index
            last.kind = "verb"
            continue
        glued = last is not None and last.last == last.head == word.index - 1 and not opened
        if (
            last is not None
            and glued
            and last.island == island
            and (joint or before.text in _JOINTS or _joins(before, word, lexicon))
        ):
            last.head = last.last = word.index
            last.kind = _kind(word) if not joint else last.kind
        else:
            result.append(Chunk(len(result), word.index, word.index, word.index, _kind(word), depth, island, opens=opened))
        opened = False
    return result


def _close(found: list[Word], result: list[Chunk], mark: Word, first: int) -> None:
    """End a quotation. Nouns before a particle are a name (地元紙「夜明け」は), and stand in the sentence as if without marks."""
    if not result:
        return
    result[-1].last = mark.index
    inside = result[first:]
    after = found[mark.index + 1] if mark.index + 1 < len(found) else None
    named = after is not None and after.start == mark.end and after.is_("助詞-格助詞", "助詞-係助詞", "助詞-副助詞")
    if inside and named and after is not None and after.text != "と" and all(one.kind == "noun" for one in inside):
        for one in inside:
            one.depth -= 1
            one.named = True
    else:
        result[-1].closes = True


def _counter(found: list[Word], word: Word) -> bool:
    """Say whether か stands inside a counter: 3か月, XNUMXか月."""
    if word.text not in ("か", "カ", "ヵ", "ヶ", "ケ") or not 0 < word.index < len(found) - 1:
        return False
    return found[word.index - 1].text[-1].isalnum() and found[word.index + 1].text[0] in "月国所条村年"


def _set_phrase(found: list[Word], last: Chunk, word: Word, lexicon: Lexicon) -> bool:
    """Say whether the verb makes one predicate with the noun before it: 明らかに|する."""
    fits = word.lemma in ("する", "なる") and last.last == word.index - 1 == last.head + 1
    return fits and found[last.last].text == "に" and found[last.head].text in lexicon.set_phrases


def _set_adverbs(text: str, found: list[Word], lexicon: Lexicon) -> dict[int, tuple[int, str]]:
    """Map the words of set phrases (言うまでもなく) to the phrase's first word and kind."""
    starts = {word.start: word.index for word in found}
    ends = {word.end: word.index for word in found}
    result: dict[int, tuple[int, str]] = {}
    for kind, pattern in (("adverb", lexicon.adverbs), ("conjunction", lexicon.openers)):
        for match in pattern.finditer(text):
            first, last = starts.get(match.start()), ends.get(match.end())
            if first is None or last is None or first in result:
                continue
            opening = first == 0 or found[first - 1].mark
            after = found[last + 1] if last + 1 < len(found) else None
            stands = after is None or not (after.is_("助動詞", "動詞-非自立可能") or after.text in ("を", "が", "は"))
            if stands and (opening or kind == "adverb"):
                result.update(dict.fromkeys(range(first, last + 1), (first, kind)))
    return result


_CONNECTIVES = frozenset(("および", "及び", "または", "又は", "あるいは", "ならびに", "並びに", "もしくは"))


def _content(found: list[Word], word: Word, covered: set[int], lexicon: Lexicon) -> bool:
    if word.text in _CONNECTIVES and word.index and found[word.index - 1].nominal:
        return False
    if word.index in covered or word.mark or word.is_("助詞", "助動詞", "形状詞-助動詞語幹", "名詞-助動詞語幹"):
        return False
    return not (word.predicative and auxiliary(found, word.index, lexicon))


def marker(found: list[Word], chunk: Chunk) -> tuple[str, tuple[str, ...]]:
    """Return the particle that says the role of a noun chunk, and all its particles; は and も yield to a case particle."""
    parts = [found[i] for i in (*range(chunk.head + 1, chunk.last + 1), *chunk.extra) if not found[i].mark]
    texts = tuple(part.text for part in parts)
    if len(texts) > 1 and texts[0] == "か":
        parts, texts = parts[1:], texts[1:]
    joined = "".join(texts)
    for topic in ("は", "も", "さえ", "のみ", "だけ", "しか", "こそ"):
        if (
            joined != topic
            and joined.endswith(topic)
            and joined not in _CONNECTIVES
            and not (joined[0] == "の" and "では" in joined)
        ):
            joined = joined[: -len(topic)]
            break
    while (
        joined.startswith(("だけ", "など", "のみ", "ばかり", "ほど", "まで")) and len(joined) > 2 and joined[2] in "がをにでへと"
    ):
        joined = joined[2:]
    return joined, texts


def topical(chunk: Chunk) -> bool:
    """Say whether the chunk is marked as the topic."""
    return (
        not chunk.predicate and bool(chunk.particles) and chunk.particles[-1] in _TOPICS and chunk.marker in ("は", "も", "こそ")
    )
