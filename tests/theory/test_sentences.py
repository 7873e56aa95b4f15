"""Sentences of derivations in LaTeX: what is a formula in them is set as one."""

import re

import pytest

from proofs import api as lm
from theory.dynamics.settings import SETTINGS
from theory.sentences import latex_prose

SIGNS = re.compile(r"[=<>^_'|]|(?<![\w-])[b-zB-HJ-Z](?![\w-])|[^\x00-\x7f]")


def sentences():
    found = {i.title: None for _, identities in SETTINGS.values() for i in identities}
    for loss, depth in (("f", 2), ("f", 3), ("(p+1)**2/2", 3)):
        for section in lm.derive(loss, depth=depth).derivation.sections:
            found |= dict.fromkeys((section.title, *section.remarks))
            for identity in section.identities:
                found |= dict.fromkeys((identity.title, identity.scope, identity.remark))
            for form in section.closed_forms:
                found |= dict.fromkeys((form.title, *form.conditions))
    return [text for text in found if text]


def test_no_formula_of_a_derivation_is_left_to_the_text():
    several = sentences()
    assert len(several) > 80
    for text in several:
        made = latex_prose(text)
        assert made.count("$") % 2 == 0
        outside = re.sub(r"\$[^$]*\$", "", made)
        assert not SIGNS.search(outside), (text, made)
        for formula in re.findall(r"\$([^$]*)\$", made):
            assert formula.strip()
            assert formula.count("{") == formula.count("}"), made


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Gradient: dF/dw_i = f'(p) q_i", "Gradient: $dF/dw_i = f'(p) q_i$"),
        ("every weight (r_ij, g opaque)", "every weight ($r_{ij}$, $g$ opaque)"),
        ("F is a saddle, a = 1", "$F$ is a saddle, $a = 1$"),
        ("A term of F", "A term of $F$"),
        ("at most |y|^(2-2/k) or 3", "at most $|y|^{2-2/k}$ or 3"),
        ("100% of A_1 & B", r"$100\%$ of $A_1$ \& $B$"),
    ],
)
def test_sentences(text, latex):
    assert latex_prose(text) == latex
