"""Written proofs as HTML: references become links that show what they refer to is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from proofs.presentation.encyclopedia.names import sentence
from theory.theorems.prose import GAP, REFERENCE

Reference = Callable[[str], Markup]
"""From a name, or a pattern with ``*``, to its link."""

_MARK = re.compile(
    REFERENCE.pattern.replace("(?!\\()", "")
    + r"(?!\()|`(?P<code>[^`\n]+)`|\*\*(?P<bold>.+?)\*\*"
    + r"|(?<![\w*(])\*(?=[^\s*])(?P<slanted>[^*\n]{1,80}?)(?<=[^\s*])\*(?![\w*])",
    re.S,
)


def html(text: str, refer: Reference) -> Markup:
    """Write one block of a proof: its text, and what it displays."""
    parts: list[Markup] = []
    lines: list[str] = []
    display: list[str] = []

    def flush() -> None:
        if lines:
            parts.append(Markup("<p>{}</p>").format(inline("\n".join(lines), refer)))
        if display:
            shown = inline("\n".join(display), refer)
            parts.append(Markup('<p class="display">{}</p>').format(shown))
        lines.clear()
        display.clear()

    for line in text.splitlines():
        shifted = line.startswith(("    ", "|"))
        if not line.strip() or (shifted and lines) or (not shifted and display):
            flush()
        if line.strip():
            (display if shifted else lines).append(line.strip() if shifted else _item(line))
    flush()
    return Markup("").join(parts)


def _item(line: str) -> str:
    return re.sub(r"^[*-] ", "• ", line)


def inline(text: str, refer: Reference) -> Markup:
    """Write running text: references, code, emphasis, and formulas in Unicode."""
    return Markup("").join(_pieces(text, refer))


def _pieces(text: str, refer: Reference) -> Iterator[Markup]:
    position = 0
    for match in _MARK.finditer(text):
        yield sentence(text[position : match.start()])
        if match["code"]:
            yield Markup("<code>{}</code>").format(match["code"])
        elif match["bold"]:
            yield Markup("<strong>{}</strong>").format(inline(match["bold"], refer))
        elif match["slanted"]:
            yield Markup("<em>{}</em>").format(inline(match["slanted"], refer))
        else:
            names = [n.strip() for n in (match[1] + match[2]).split(",")]
            yield Markup(", ").join(_reference(n, refer) for n in names)
        position = match.end()
    yield sentence(text[position:])


def _reference(name: str, refer: Reference) -> Markup:
    if name == GAP:
        return Markup('<span class="ref stated">gap: not proved here</span>')
    return refer(name)
