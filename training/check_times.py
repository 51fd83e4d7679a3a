"""Days of the corpus that the rules read otherwise: python -m training.check_times [--language ru]

For review by a person: the annotator reckoned each "on Tuesday" against the header's date by hand, and either side can be wrong.
Only what both give to the day or closer is compared.
"""

from __future__ import annotations

import argparse

from bench.time import over, table_of
from corpus import read_all
from corpus.records import LANGUAGES
from foreshock.coding.times import find_times


def main() -> None:
    """Print each difference: where it stands, the words, the annotated days and those that the rules read."""
    parser = argparse.ArgumentParser(
        prog="python -m training.check_times", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only these languages")
    given = parser.parse_args()
    documents, _ = read_all(languages=given.language or LANGUAGES)
    compared = 0
    for document in documents:
        mentions = find_times(
            document.text, offset=0, table=table_of(document.language), reference=document.published, anchor=document.published
        )
        for claim in document.claims:
            spans = claim.spans("w")
            if claim.time is None or claim.time.start is None or len(spans) != 1:
                continue
            read = [one.when for one in over(mentions, *spans[0]) if one.when.start and len(one.when.start) >= 10]
            if not read or len(claim.time.start) < 10:
                continue
            compared += 1
            ends = {day[:10] for one in read for day in (one.start, one.end) if day}
            if not ends & {claim.time.start[:10], (claim.time.end or claim.time.start)[:10]}:
                words = document.text[slice(*spans[0])]
                told = f"{claim.time.start}..{claim.time.end}"
                print(f"{document.path}:{claim.line}\t{document.published}\t{words}\t{told}\t{' '.join(sorted(ends))}")  # noqa: T201
    print(f"{compared} compared")  # noqa: T201


if __name__ == "__main__":
    main()
