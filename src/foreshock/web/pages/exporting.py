"""Downloads: the brief as a file, and the scope as tables, maps, bundles, calendars and feeds."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from foreshock import pipeline
from foreshock.briefs import Brief, render
from foreshock.briefs.pdf import pdf_can_be_made, render_pdf
from foreshock.web.ask import Ask
from foreshock.web.auth import audit
from foreshock.web.screen import looked_at
from foreshock.web.telling import told_of

router = APIRouter()
Form = Literal["html", "pdf", "md", "json"]
Format = Literal["csv", "parquet", "jsonl", "geojson", "stix", "ical", "atom"]
TYPES: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


@router.get("/export/brief.{form}", include_in_schema=False)
def brief(request: Request, form: Form) -> Response:
    """Send the brief of the scope as a file."""
    desk, picture, language = looked_at(request)
    told = told_of(desk, picture, language)
    if told.brief is None:
        raise HTTPException(409, "This brief does not compile; the first page says why.")
    if form == "pdf" and not pdf_can_be_made():
        raise HTTPException(501, "A PDF needs typst here: pip install 'foreshock[pdf]'")
    made = told.brief
    body = desk.behind.of(picture, ("brief file", form, language), lambda: _rendered(made, form))
    audit(request, "export", f"brief.{form}", scope=picture.ask.query() or None)
    return Response(body, media_type=TYPES[form], headers=_attached(f"{_name(picture.ask)}.{form}"))


@router.get("/export/{format}", include_in_schema=False)
def export(request: Request, format: Format) -> FileResponse:
    """Send the scope in a format: one file where it is one, else a ZIP of all its files with the codebook."""
    desk, picture, _ = looked_at(request)
    folder = Path(mkdtemp(prefix="foreshock-export-"))
    try:
        files = pipeline.export(
            desk.ledger,
            picture.shown.found,
            folder / "files",
            formats=[format],
            now=picture.made,
            codebook=desk.bench.codebook,
        )
        packed = _packed(files, folder / f"{_name(picture.ask)}-{format}.zip")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    audit(request, "export", format, scope=picture.ask.query() or None)
    return FileResponse(
        packed,
        media_type="application/zip",
        headers=_attached(packed.name),
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )


def _rendered(made: Brief, form: Form) -> bytes:
    if form == "pdf":
        return render_pdf(made)
    return render(made, format="markdown" if form == "md" else form).encode("utf-8")


def _packed(files: Sequence[Path], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in files:
            archive.write(file, file.name)
            file.unlink()
    return path


def _name(ask: Ask) -> str:
    """Return a name for a file of a scope, of letters that every system takes."""
    parts = ["foreshock", ask.crisis or "", ask.country or "", ask.as_of or ""]
    return re.sub(r"[^A-Za-z0-9]+", "-", " ".join(part for part in parts if part)).strip("-").casefold()[:80]


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
