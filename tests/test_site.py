"""The documentation as a site: it builds, each page has its place, each link an end, and nothing is fetched from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs")
ROOT = Path(__file__).parent.parent
FETCHED = re.compile(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:)?//[^"]+"[^>]*>')
LINKS = re.compile(r'rel="(canonical|prev|next|alternate)"')


def test_the_site_builds_and_stands_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").glob("*.html"))
    assert len(pages) > 25
    for page in pages:
        fetched = [one.group(0) for one in FETCHED.finditer(page.read_text(encoding="utf-8")) if not LINKS.search(one.group(0))]
        assert not fetched, (page.name, fetched[:2])
    assert "make_app" in (tmp_path / "site" / "python.html").read_text(encoding="utf-8")
