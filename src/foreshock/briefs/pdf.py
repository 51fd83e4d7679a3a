"""A brief as PDF by typst: tagged, with receipts behind each line. Texts reach typst as data only, never as its markup."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from foreshock.briefs.brief import Brief
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.pdf_data import pdf_data
from foreshock.briefs.tables import table
from foreshock.errors import ExportError

STANDARD: Literal["ua-1"] = "ua-1"  # PDF for all readers: tagged, titled, and no letter without a glyph
GAP = "[…]"
TRIES = 4
# What typst says of letters that no font has; a text is written as Rust writes strings.
_LACKING = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def pdf_can_be_made() -> bool:
    """Say whether typst is installed (``pip install 'foreshock[pdf]'``)."""
    return find_spec("typst") is not None


def render_pdf(brief: Brief, *, fonts: Sequence[Path] = (), system_fonts: bool = True) -> bytes:
    """Return a compiled brief as a PDF.

    Letters for which no font is installed are left out, each run of them told as "[…]", and the first page says so, with the
    scripts and what to install.

    Args:
        brief: what :func:`foreshock.briefs.compile.compile_brief` returned.
        fonts: folders of fonts beside those of the system.
        system_fonts: look for fonts of the system; without them only those that come with typst are there.

    Raises:
        ExportError: typst is not installed, or cannot set the brief.
    """
    if not pdf_can_be_made():
        raise ExportError("a PDF needs typst", remedy="pip install 'foreshock[pdf]'")
    import typst  # noqa: PLC0415 - heavy: only a PDF needs it

    known = typst.Fonts(include_system_fonts=system_fonts, font_paths=list(fonts))
    data = json.dumps({**pdf_data(brief), "fonts": _families(known.families())}, ensure_ascii=False)
    lacking: Counter[str] = Counter()
    for _ in range(TRIES):
        noted = _noted(brief, data, lacking)
        try:
            return _set(noted, known, system_fonts)
        except typst.TypstError as error:
            found = {one for text in _LACKING.findall(error.diagnostic) for one in _unescaped(text)}
            if not found:
                raise ExportError(
                    f"typst cannot set the brief: {error.message}", remedy="report this with the brief as JSON"
                ) from error
            lacking.update({one: data.count(one) for one in found})
            data = re.sub(f"[{re.escape(''.join(found))}]+", GAP, data)
    raise ExportError("no font is installed for the letters of this brief", remedy=_remedy(lacking))


def _set(data: str, fonts: Any, system_fonts: bool) -> bytes:
    """Return the PDF of the data; nothing but the template and the data can be read by it."""
    import typst  # noqa: PLC0415 - heavy: only a PDF needs it

    with TemporaryDirectory() as folder:
        root = Path(folder)
        template = root / "brief.typ"
        template.write_bytes(files("foreshock.briefs").joinpath("templates/brief.typ").read_bytes())
        (root / "brief.json").write_text(data, encoding="utf-8")
        compiler = typst.Compiler(template, root=root, font_paths=fonts, ignore_system_fonts=not system_fonts)
        made = compiler.compile(format="pdf", pdf_standards=[STANDARD])
    return made if isinstance(made, bytes) else b""


def _families(known: Sequence[str]) -> dict[str, list[str]]:
    """Return language -> the families that are installed for it, in order; "others" serves the rest."""
    rules, there = table("pdf_fonts.yaml"), set(known)
    others = [one for one in rules["others"] if one in there]
    found = {code: [one for one in some if one in there] for code, some in rules["languages"].items()}
    return {"others": others, **{code: [*some, *others] for code, some in found.items() if some}}


def _noted(brief: Brief, data: str, lacking: Counter[str]) -> str:
    """Return the data with a word on what could not be printed, where there is something."""
    if not lacking:
        return data
    reader = reader_of(brief.language)
    scripts = Counter[str]()
    for letter, n in lacking.items():
        scripts[_script(letter)] += n
    listed = ", ".join(f"{name} {reader.number(n)}" for name, n in scripts.most_common())
    packages = ", ".join(_packages(lacking))
    told = reader.say("{gap} stands for letters for which no font is installed here ({scripts}).", gap=GAP, scripts=listed)
    mend = reader.say("Install fonts for them, such as {packages}, and make the brief again.", packages=packages or "fonts-noto")
    loaded: dict[str, Any] = json.loads(data)
    return json.dumps({**loaded, "lacking": f"{told} {mend}"}, ensure_ascii=False)


def _remedy(lacking: Counter[str]) -> str:
    return f"install fonts for {', '.join(sorted({_script(one) for one in lacking}))}, such as {', '.join(_packages(lacking))}"


def _packages(lacking: Counter[str]) -> list[str]:
    known = table("pdf_fonts.yaml")["packages"]
    return sorted({known[_script(one)] for one in lacking if _script(one) in known})


def _script(letter: str) -> str:
    """Return the first word of a letter's Unicode name: "ARABIC", "CJK"."""
    return unicodedata.name(letter, f"U+{ord(letter):04X}").split()[0].split("-")[0]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
