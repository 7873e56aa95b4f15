"""Pages that are made when the site is built: executed notebooks, figures, theorems, the API."""

from __future__ import annotations

import base64
import re
import sys
import tomllib
from html import escape, unescape
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

PAPERS = "python -m numerics.papers."
CAPTIONS = {
    "arora-frontier": (
        "Arora et al. 2019, Theorem 1: measured frontiers over its two limits.",
        f"{PAPERS}arora_cohen_golowich_hu2019.frontier",
    ),
    "comparison": (
        "Seven theorems on the same problems: bound and count.",
        "lemmata compare --figure comparison.png",
    ),
    "depth-sweep": (
        "Escape time over depth, with the proved box bound.",
        "lemmata sweep depth && lemmata plot escape depth-sweep --store depth.sqlite",
    ),
    "escape-probability": (
        "Steps that Theorem 2 guarantees, next to certified counts.",
        f"{PAPERS}shamir2019.xavier FIGURE.png",
    ),
    "identity-initialisation": (
        "Bartlett et al. 2018: identity start, bounds and counts.",
        f"{PAPERS}bartlett_helmbold_long2018.figure FIGURE.png",
    ),
    "phase-diagram": (
        "Width against depth, Gaussian and orthogonal layers.",
        f"{PAPERS}hu_xiao_pennington2020.orthogonal FIGURE.png",
    ),
    "pyramid-widths": (
        "Nguyen and Mondelli 2020: condition (7) against practice.",
        f"{PAPERS}nguyen_mondelli2020.widths FIGURE.png",
    ),
    "shamir-figure-1": (
        "Shamir 2019, Figure 1, recomputed.",
        f"{PAPERS}shamir2019.figures figure1 FIGURE.png",
    ),
    "shamir-figure-2-d1": (
        "Shamir 2019, Figure 2 at d = 1, where counts are rigorous.",
        f"{PAPERS}shamir2019.figure2 draw FIGURE.png --size 1",
    ),
    "shamir-figure-2-d2": (
        "Shamir 2019, Figure 2 at d = 2.",
        f"{PAPERS}shamir2019.figure2 draw FIGURE.png --size 2",
    ),
    "shamir-figure-2-d5": (
        "Shamir 2019, Figure 2 at d = 5.",
        f"{PAPERS}shamir2019.figure2 draw FIGURE.png --size 5",
    ),
    "shamir-figure-2-d25": (
        "Shamir 2019, Figure 2 at the paper's d = 25, with the paper's values.",
        f"{PAPERS}shamir2019.figure2 draw FIGURE.png",
    ),
    "shamir-theorem-3": (
        "Theorem 3: bounds below the steps of near-identity starts.",
        f"{PAPERS}shamir2019.figures theorem3 FIGURE.png",
    ),
    "shamir-theorem-4": (
        "Theorem 4: two-sided bounds over certified counts.",
        f"{PAPERS}shamir2019.figures theorem4 FIGURE.png",
    ),
    "wide-widths": (
        "Du and Hu 2019: width asked for, and width that converged.",
        f"{PAPERS}du_hu2019.theorem_4_1 FIGURE.png",
    ),
    "zas": (
        "Wu, Wang and Ma 2019: the zero-asymmetric start.",
        f"{PAPERS}wu_wang_ma2019.figure FIGURE.png",
    ),
}
WORDS = re.compile(r"([*_\[\]`|\\])")
CLOSE = re.compile(r"<mo[^>]*>(&#x0002F;|&#x0007C;|&#x02016;)</mo>")
"""Slashes and bars, around which a browser leaves space as around a sign of addition."""
_BEFORE = "0003D|0003C|0003E|02264|02265|00028|0005B|0002C|02208|02192"
SIGN = re.compile(rf"(<mo[^>]*>(?:&#x(?:{_BEFORE});|\[)</mo>)<mo>&#x02212;</mo>")
"""A minus behind a sign is that of a number: a browser would set it as a difference."""
NAMED = re.compile(r"(<mi>(?:ln|log|exp|sin|cos|tanh)</mi>)(?=<m(?:[in]|sup|sub|frac|sqrt)\b)")
CHOSEN = re.compile(r"<mo>(max|min)</mo>(?=<mo[^>]*>&#x00028;)")
DOUBLE = re.compile(r'<mi mathvariant="double-struck">([A-Z])</mi>')
"""A letter of which browsers know no variant: the sign itself is set."""
STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
LONG = 30
DOLLARS = re.compile(r"\$([^$]+)\$")
FILE = re.compile(r"<!-- file: ([\w.-]+) -->\n```toml\n")
CODE = re.compile(r"(`+[^`]*`+|\]\([^)]*\))")
SUBSCRIPT = re.compile(r"(?<!\\)_")
TAG = re.compile(r"<(?=[A-Za-z/])")
ROLES = re.compile(r":(?:class|data|func|meth|mod):(?=<code>)")


def on_config(config: Any) -> Any:
    """The version that the pages are of stands under each of them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    config["copyright"] = f"{project['name']} {project['version']}, {project['license']} licence"
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made."""
    made = {
        "figures.md": figures(),
        "theorems.md": theorems(),
        "api.md": api(),
        "writing-claims.md": writing(),
    }
    for notebook in sorted((HERE / "notebooks").glob("*.ipynb")):
        made[f"notebooks/{notebook.stem}.md"] = executed(notebook)
    for proof in sorted((ROOT / "proofs" / "written").glob("*.md")):
        made[f"proofs/written/{proof.name}"] = running(local(proof.read_text(encoding="utf-8")))
    for uri, text in made.items():
        files.append(File.generated(config, uri, content=text))
    for figure in sorted((ROOT / ".assets").glob("*.png")):
        files.append(File.generated(config, f"assets/{figure.name}", abs_src_path=str(figure)))
    return files


def writing() -> str:
    """The language of claims."""
    return local((ROOT / "proofs" / "writing-claims.md").read_text(encoding="utf-8"))


def local(text: str) -> str:
    """Links into the repository become plain text where the site has no such page."""
    return re.sub(r"\[([^\]]+)\]\((?!https?:|#)[^)]+\)", r"\1", text)


def running(text: str) -> str:
    """Formulas in running text letter by letter: no underscore slants, no ``<`` opens a tag."""
    blocks = re.split(r"(\n(?:[ \t]*\n)+)", text)  # what is indented or between backticks is code
    for i, block in enumerate(blocks):
        if not block.startswith("    "):
            parts = CODE.split(block)
            parts[::2] = (TAG.sub("&lt;", SUBSCRIPT.sub(r"\\_", part)) for part in parts[::2])
            blocks[i] = "".join(parts)
    return "".join(blocks)


def figures() -> str:
    """Every figure of the project, with what it shows."""
    parts = [
        "# Figures",
        "Bounds stand next to counts; under each figure the command that draws it. A figure is a "
        "link to itself at full size.",
    ]
    for path in sorted((ROOT / ".assets").glob("*.png")):
        caption, command = CAPTIONS[path.stem]
        shown = f"[![{caption}](assets/{path.name})](assets/{path.name})"
        parts.append(f"## {path.stem}\n\n{caption}\n\n{shown}\n\n```sh\n{command}\n```")
    return "\n\n".join(parts)


def theorems() -> str:
    """The theorems that the kernel checks, and the claims by paper."""
    from proofs import api as lm
    from theory.claims import SOURCES

    parts = ["# Theorems", "## Checked whole by the Coq kernel"]
    rows = [  # no table: on a phone its third column would be out of sight
        f"- `{t.name}`: {typeset(t.words)} ({plain(t.source)})" for t in lm.kernel_theorems()
    ]
    parts += ["\n".join(rows), "## Numbered statements, by paper"]
    parts.append("`lemmata theorem NAME` prints one whole, with its status and its graph.")
    for key, paper in SOURCES.items():
        if stated := lm.theorems(key):
            lines = "\n".join(f"- `{one.name}`: {typeset(one.title)}" for one in stated)
            parts.append(f"### {plain(paper)}: statements\n\n{lines}")
    parts.append("## Claims, by paper")
    parts.append("`lemmata show NAME` prints one whole, `--latex` as LaTeX.")
    for key, paper in SOURCES.items():
        claims = [c for c in lm.catalogue() if c.source.key == key]
        if claims:
            lines = "\n".join(f"- `{c.name}`: {typeset(c.title)}" for c in claims)
            parts.append(f"### {plain(paper)}\n\n{lines}")
    return "\n\n".join(parts)


def plain(text: str) -> str:
    """Text in which nothing is markup."""
    return marked(" ".join(text.split()))


def marked(text: str) -> str:
    """Likewise, with its spaces as they are."""
    return WORDS.sub(r"\\\1", escape(text, quote=False))


def typeset(text: str) -> str:
    """A sentence with its formulas in MathML, which browsers set without a library."""
    from theory.prose import pieces

    return "".join(
        WORDS.sub(lambda m: f"&#{ord(m[0])};", mathml(piece)) if is_formula else marked(piece)
        for piece, is_formula in pieces(" ".join(text.split()))
    )


def mathml(latex: str) -> str:
    """A formula as a browser sets it well."""
    from latex2mathml.converter import convert

    set_so = SIGN.sub(r'\1<mo form="prefix">&#x02212;</mo>', convert(latex))
    set_so = DOUBLE.sub(lambda m: f"<mi>{struck(m[1])}</mi>", set_so)
    set_so = CHOSEN.sub(r"<mi>\1</mi>", NAMED.sub(r'\1<mspace width="0.167em"/>', set_so))
    if len(latex) > LONG:  # on a phone it is scrolled
        set_so = set_so.replace("<math ", '<math class="long" ', 1)
    return CLOSE.sub(r'<mo lspace="0" rspace="0" stretchy="false">\1</mo>', set_so)


def struck(letter: str) -> str:
    """A capital letter with a double stroke, such as that of the real numbers."""
    return STRUCK.get(
        letter, chr(ord("\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL A}") + ord(letter) - 65)
    )


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """A block that is a file has its name above it."""
    return FILE.sub(r'```toml title="\1"\n', markdown)


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """The reference without the roles and double marks of docstrings, which are for terminals."""
    return ROLES.sub("", html).replace("``", "") if page.file.src_uri == "api.md" else html


def api() -> str:
    """The reference, from the docstrings of the public names."""
    from proofs import api as lm

    verbs = [n for n in lm.__all__ if n[0].islower()]
    things = [n for n in lm.__all__ if n[0].isupper()]
    said = re.sub(r":class:`(\w+)`", r"`\1`", lm.__doc__.split("\n\n")[-1])
    head = ["# Python API", f"`import lemmata as lm`, then `lm.verify(...)`. {said}"]
    parts = [*head, "## Verbs", *(f"::: {getattr(lm, n).__module__}.{n}" for n in verbs)]
    parts += ["## Objects", *(f"::: {getattr(lm, n).__module__}.{n}" for n in things)]
    parts += ["## Hypothesis strategies", "`from lemmata.strategies import ...`"]
    parts.append("::: numerics.strategies")
    return "\n\n".join(parts)


def executed(path: Path) -> str:
    """A notebook, run now; a cell that fails fails the build."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        parts += [shown for output in cell.outputs if (shown := output_of(output))]
    return "\n\n".join(parts)


def output_of(output: Any) -> str:
    """One output of a cell, as the page shows it."""
    if output.output_type == "stream":
        return f"```text\n{output.text.rstrip()}\n```"
    data = output.get("data", {})
    if "image/png" in data:
        raw = "".join(data["image/png"].split())
        base64.b64decode(raw, validate=True)
        return f"![figure](data:image/png;base64,{raw})"
    if "text/html" in data:  # a notebook sets what stands between dollar signs, and so does this
        shown = DOLLARS.sub(lambda m: mathml(unescape(m[1])), data["text/html"])
        return f'<div class="result" markdown="0">{shown}</div>'
    if "text/latex" in data:
        return f'<div class="result" markdown="0">{mathml(data["text/latex"].strip("$"))}</div>'
    return f"```text\n{data['text/plain']}\n```" if "text/plain" in data else ""
