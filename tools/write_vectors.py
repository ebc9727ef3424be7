"""Compile the inner loops of the filters, from AssemblyScript to WebAssembly, into a module that the page imports.

python tools/write_vectors.py            write convwidgets/frontend/filter/vector-code.js
python tools/write_vectors.py --check    exit 1 when the committed file is not what the sources give
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.build_frontend import node, node_modules  # noqa: E402
from tools.write_vocabulary import write  # noqa: E402

FOLDER = ROOT / "convwidgets" / "frontend" / "filter"
SOURCES = [FOLDER / "vector-sums.ts", FOLDER / "vector-display.ts"]
TARGET = FOLDER / "vector-code.js"
OPTIONS = ("-O3", "--noAssert", "--enable", "simd", "--runtime", "stub")
TEXT = """\
/** `vector-sums.ts` and `vector-display.ts`, compiled by `tools/write_vectors.py`: WebAssembly in base 64. */
export const CODE = "{code}";
"""


def text() -> str:
    """The module for the page."""
    program = node_modules() / "assemblyscript" / "bin" / "asc.js"
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, "loops.wasm")
        subprocess.run([node(), program, *SOURCES, "--outFile", compiled, *OPTIONS], cwd=ROOT, check=True)
        return TEXT.format(code=base64.b64encode(compiled.read_bytes()).decode())


if __name__ == "__main__":
    sys.exit(write(str(__doc__), TARGET, text))
