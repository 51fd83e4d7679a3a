"""Predicates: which chunks are one, how far their auxiliaries reach, and how they hang on what follows."""

from __future__ import annotations

import re

from foreshock.reading.languages.japanese.chunks import Chunk, auxiliary, marker
from foreshock.reading.languages.japanese.lexicon import Lexicon
from foreshock.reading.languages.japanese.words import CLOSING, Word, first_from, remarks

_STOPS = frozenset("。．.！？!?：:；;")
_QUOTED = re.compile(r"""[」』”’"\s]*[。．.]*[」』”’"\s]*(?=[、\s]*(?:と|など|って|との|という))""")
_FULL_STOP = re.compile(r"[」』”’\"\s]*(?:$|[。．.！？!?：:；;])")
_ARGUMENT_MARKERS = frozenset(("が", "を", "に", "は", "で", "へ", "から", "による", "によって", "により", "も", "まで"))


def predicates(text: str, found: list[Word], cut: list[Chunk], lexicon: Lexicon) -> list[Chunk]:
    """Mark the predicates among the chunks, give them the words that continue them, and name every chunk's link."""
    result: list[Chunk] = []
    position = 0
    while position < len(cut):
        chunk = cut[position]
        if _is_predicate(text, found, chunk, lexicon):
            chunk.predicate = True
            position = _extend(text, found, cut, position, lexicon)
            _link(text, found, chunk, lexicon)
            while position < len(cut) and cut[position].head <= chunk.last:
                chunk.last = max(chunk.last, cut[position].last)
                chunk.closes |= cut[position].closes
                position += 1
        else:
            chunk.marker, chunk.particles = marker(found, chunk)
            if chunk.marker in ("に", "で") and found[chunk.head + 1].is_("助動詞"):
                chunk.kind = "adverb"
            chunk.link = _argument_link(found, chunk)
            chunk.stop = chunk.head + 1
            position += 1
        chunk.index = len(result)
        chunk.ends = bool(_FULL_STOP.match(text, found[min(chunk.last, len(found) - 1)].end)) or _stopped(found, chunk)
        result.append(chunk)
    _bare(found, result)
    return result


def _stopped(found: list[Word], chunk: Chunk) -> bool:
    return any(found[i].text[0] in _STOPS or set(found[i].text) <= _STOPS for i in range(chunk.head + 1, chunk.last + 1))


def _is_predicate(text: str, found: list[Word], chunk: Chunk, lexicon: Lexicon) -> bool:
    head = found[chunk.head]
    after = found[chunk.head + 1] if chunk.head + 1 < len(found) else None
    if chunk.kind == "verb":
        return not _adverbial_adjective(found, chunk)
    if after is None or after.start != head.end:
        return False
    if after.index <= chunk.last and after.predicative and auxiliary(found, after.index, lexicon):
        return True
    if after.is_("名詞", "接尾辞", "形状詞-一般"):
        return False
    copula = lexicon.copula.match(text, head.end)
    if copula is None or copula.end() == head.end or copula.group() == "な":
        return False
    if copula.group().startswith(("です", "でし", "だ", "らし")) and not after.is_("助動詞", "形容詞", "助詞-副助詞"):
        return False
    return not (after.text == "で" and after.is_("助詞") and copula.group() == "で")


def _adverbial_adjective(found: list[Word], chunk: Chunk) -> bool:
    """Say whether an adjective in -く only qualifies what follows (広く伝えた) and is no clause of its own (大きく、)."""
    head = found[chunk.head]
    after = found[chunk.head + 1] if chunk.head + 1 < len(found) else None
    if not head.is_("形容詞") or not head.form.startswith("連用形-一般") or after is None:
        return False
    return after.text in ("とも",) or not (
        after.mark or after.is_("助詞-接続助詞", "助動詞") or (after.predicative and after.index <= chunk.last)
    )


def _auxiliaries(found: list[Word], index: int, lexicon: Lexicon) -> int:
    """Return the word after the chain of auxiliaries that begins at ``index``."""
    while index < len(found):
        word = found[index]
        after = found[index + 1] if index + 1 < len(found) else None
        later = found[index + 2] if index + 2 < len(found) else None
        if word.is_("助動詞"):
            formal = word.text == "な" and after is not None and after.text in ("まま", "はず", "わけ", "の", "よう")
            if word.text in ("に", "な", "なら") and word.lemma == "だ" and not formal:
                return index
            index += 1
        elif word.predicative and auxiliary(found, index, lexicon):
            index += 1
        elif (
            word.text in ("て", "で", "ば", "と", "を", "も", "は", "つつ")
            and after
            and after.predicative
            and auxiliary(found, index + 1, lexicon)
        ):
            if word.text == "と":
                return index
            index += 2
        elif (
            word.text in ("て", "で")
            and after
            and after.text in ("は", "も")
            and later
            and auxiliary(found, index + 2, lexicon)
            and later.predicative
        ):
            index += 3
        elif word.text == "つつ" and after and after.lemma == "ある":
            index += 2
        else:
            return index
    return index


def _extend(text: str, found: list[Word], cut: list[Chunk], position: int, lexicon: Lexicon) -> int:
    """Let the predicate take its auxiliaries and the extensions of the table; return the position of the next free chunk."""
    chunk = cut[position]
    stop = _auxiliaries(found, chunk.head + 1, lexicon)
    for _ in range(8):
        offset = found[stop - 1].end
        match = lexicon.extensions.match(text, offset)
        if match is None or match.end() == offset:
            break
        reached = first_from(found, match.end())
        stop = max(stop, _auxiliaries(found, reached, lexicon))
    if (
        stop < len(found)
        and found[stop].is_("助詞-終助詞")
        and found[stop].text != "か"
        and found[stop].start == found[stop - 1].end
    ):
        stop += 1
    chunk.stop = stop
    following = position + 1
    while following < len(cut) and cut[following].head < stop:
        chunk.last = max(chunk.last, cut[following].last)
        chunk.closes |= cut[following].closes
        following += 1
    chunk.last = max(chunk.last, stop - 1)
    chunk.tail = text[found[chunk.head].end : found[stop - 1].end]
    return following


def _word_from(found: list[Word], offset: int) -> Word | None:
    place = first_from(found, offset)
    return found[place] if place < len(found) else None


def _parts(text: str, found: list[Word], position: int) -> bool:
    """Say whether a word ends at a position, or a comma after a word does."""
    before = found[max(0, first_from(found, position) - 2) : first_from(found, position)]
    return any(w.end == position or (w.end + 1 == position and text[w.end] == "、") for w in before)


def _swallow(found: list[Word], chunk: Chunk, end: int) -> None:
    chunk.last = max(chunk.last, first_from(found, end) - 1)


def _link(text: str, found: list[Word], chunk: Chunk, lexicon: Lexicon) -> None:
    """Name the link of a predicate from the words after it."""
    offset = found[chunk.stop - 1].end
    if text[offset : offset + 1] in ("(", "（"):
        offset = next((end for start, end in remarks(text) if start <= offset < end), offset)
    quoted = _QUOTED.match(text, offset)
    if quoted and quoted.end() > offset:
        offset = quoted.end()
    elif _FULL_STOP.match(text, offset):
        chunk.link = "end"
        return
    after = _word_from(found, offset)
    form = found[chunk.stop - 1].form
    if after is not None and after.is_("助詞-接続助詞") and after.text in ("て", "で") and chunk.stop == after.index:
        if text.startswith(("から", "以来", "以降"), after.end):
            chunk.link = "adverbial"
            chunk.formal_end = after.end + 2
            _swallow(found, chunk, after.end + 2)
            return
        concession = text[after.end : after.end + 1] == "も"
        chunk.link = "adverbial" if concession else "te"
        chunk.formal_end = after.end + concession
        return
    for ending in lexicon.endings:
        match = ending.match.match(text, offset)
        if match and match.end() > offset and _parts(text, found, match.end()) and _free(found, match.end(), text, ending.link):
            if (
                ending.link in ("time", "nominal", "because", "purpose_noun")
                and form.startswith("連用形")
                and found[chunk.stop - 1].text != "た"
            ):
                continue
            chunk.link = ending.link
            chunk.formal = match.group().strip("、")
            chunk.formal_end = match.start() + len(match.group().rstrip("、"))
            _swallow(found, chunk, match.end())
            return
    chunk.link = _form_link(found, chunk, after, form)


def _free(found: list[Word], end: int, text: str, link: str) -> bool:
    """Say whether a formal noun stands alone: 前 of 辞任した前大統領 does not."""
    if link != "time" or text[end - 1] in "にではも、らてかけのみし":
        return True
    after = _word_from(found, end)
    return after is None or after.start > end or not after.nominal


def _form_link(found: list[Word], chunk: Chunk, after: Word | None, form: str) -> str:
    last = found[chunk.stop - 1]
    if last.text in ("で", "ず") or (form.startswith("連用形") and last.text not in ("た", "だっ")):
        return "renyo"
    if form.startswith("仮定形"):
        return "condition"
    polite = last.lemma in ("ます", "です") or (
        last.text == "た" and chunk.stop >= 2 and found[chunk.stop - 2].lemma in ("ます", "です")
    )
    if after is None or polite or after.text in CLOSING or (after.mark and after.is_("補助記号-読点")):
        return "end" if after is None or polite or form.startswith("終止形") else "noun"
    if last.nominal and not form:
        return "renyo"
    return "noun"


def _argument_link(found: list[Word], chunk: Chunk) -> str:
    if chunk.kind in ("determiner",):
        return "noun"
    if chunk.kind in ("adverb", "conjunction"):
        return "adverb"
    joined = chunk.marker
    if joined in (
        "な",
        "のような",
        "といった",
        "による",
        "に対する",
        "に関する",
        "における",
        "をめぐる",
        "を巡る",
        "に基づく",
        "にわたる",
        "に伴う",
    ):
        return "noun"
    if joined.endswith("の") and joined != "もの":
        return "noun"
    adnominal = found[chunk.last].form.startswith("連体形") and joined.startswith(("に", "を", "と"))
    return "noun" if adnominal else "argument"


def _bare(found: list[Word], result: list[Chunk]) -> None:
    """Find predicates without する or copula: 撤退、…  負傷。 and headings that end in a noun."""
    for index, chunk in enumerate(result):
        if chunk.predicate or chunk.kind != "noun" or chunk.island:
            continue
        before = result[index - 1] if index else None
        signs = [found[i].text for i in range(chunk.head + 1, chunk.last + 1)]
        verbal = "サ変" in found[chunk.head].tag and all(found[i].mark for i in range(chunk.head + 1, chunk.last + 1))
        governed = before is not None and not before.predicate and before.marker in ("が", "を", "に") and not before.ends
        if verbal and governed and "、" in signs and index < len(result) - 1:
            _make(chunk, "renyo")
    for island in sorted({one.island for one in result}):
        segment: list[Chunk] = []
        whole = [one for one in result if one.island == island]
        for chunk in whole:
            segment.append(chunk)
            if chunk.ends or chunk is whole[-1]:
                _close(segment)
                segment = []


def _close(segment: list[Chunk]) -> None:
    """Make the last noun of a stretch without a final predicate its predicate: a heading, 体言止め, a remark in brackets."""
    last = segment[-1]
    finished = any(one.predicate and one.link == "end" for one in segment)
    alone = bool(last.island) and len(segment) == 1
    if last.predicate or finished or alone or last.kind != "noun" or last.marker in ("によると", "によれば"):
        return
    _make(last, "end")


def _make(chunk: Chunk, link: str) -> None:
    chunk.predicate = True
    chunk.link = link
    chunk.stop = chunk.head + 1
    chunk.tail = ""
