"""Every symbol of a displayed formula is one of the words, of the paper's setting, or bound there.

And every hypothesis of a theorem is taken by a claim of its formal statement (`given`): what no
claim takes is either not needed, or needed and not said.
"""

import re
from dataclasses import replace

import pytest

from proofs.theorems import library
from theory.theorems.composition import Composition, unused

LOWER = "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi"
GREEK = f"{LOWER} psi omega Gamma Delta Theta Lambda Xi Phi Psi Omega Sigma Pi".split()
SETTING = {
    "shamir2019": "w W F f p k t eta N",
    "du-hu2019": "W U X Y L m l t eta sigma",
    "wu-wang-ma2019": "W Phi R L t eta",
    "nguyen-mondelli2020": "W F X Y L Phi theta",
    "bartlett-helmbold-long2018": "W Phi L t eta l",
    "arora-cohen-golowich-hu2019": "W Phi N t eta l L sigma",
    "hu-xiao-pennington2020": "W U X Y L m l t eta sigma",
    "lemmata": "w W F f p k t eta N",
}
"""What a paper fixes once for all of its statements: network, data, loss, step and time."""
LATEX = (
    "Big Bigl Bigr Pr Rightarrow approx bar big cdot cdots dot dots ell exists exp forall "
    "frac ge hat iint implies in inf infty int langle lceil le lfloor ll ln log mathbb "
    "mathcal mathrm max min mp nabla ne notin operatorname pi pm prod qquad quad rangle "
    "rceil rfloor sim simeq sqrt subset sum sup text textstyle tfrac tilde times to top "
)
COMMANDS = {*GREEK, "varepsilon", "varphi", *LATEX.split()}
"""Those of LaTeX and amsmath that displayed formulas have."""
ALWAYS = {"e", "O", "o", "E", "epsilon"}
INDICES = re.compile(r"_(\{[\s\\,a-z0-9+\-:]*\}|[ijlmnst])(?![a-zA-Z])")
QUANTIFIED = re.compile(r"\\(?:forall|exists)((?:\\[a-zA-Z,;! ]+|[\w\s,'<>=+^_{}\-])*)")
BELOW = re.compile(r"\\(?:sum|prod|int|max|min|inf|sup)_(\{[^{}]*\}|.)|\\min\\\{([a-z]):")
DIFFERENTIAL = re.compile(r"(?<![A-Za-z])d([a-z])(?![a-z])|(?<=\{)d(?=[A-Z}])")


def symbols(latex):
    """The letters of a formula, words and fonts apart."""
    latex = re.sub(r"\\(?:text|mathrm|operatorname)\*?\s*\{[^{}]*\}", " ", latex)
    latex = re.sub(r"\\(?:mathbb|mathcal|mathrm)\s*[A-Za-z]", " ", latex)
    commands = {m.removeprefix("var") for m in re.findall(r"\\([A-Za-z]+)", latex)}
    return {*(commands & {*GREEK}), *re.findall(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", " ", latex))}


def bound(latex):
    """What the formula itself introduces: quantified, summed over, integrated."""
    found = {s for m in QUANTIFIED.finditer(latex) for s in symbols(m[1])}
    found |= {s for m in BELOW.finditer(latex) for s in symbols(m[1] or m[2])}
    found |= {s for m in DIFFERENTIAL.finditer(latex) for s in ("d", m[1]) if s}
    return found


def free(made):
    """The symbols of a theorem's formula that nothing introduces."""

    def index(match):
        name = match[1]
        letters = {*re.findall("[a-z]", name)}
        return (
            " " if not re.search(r"\\[a-z]{3}", name) and letters <= {*"ijlmnstqkr"} else match[0]
        )

    said = " ".join([made.title, made.words, *made.hypotheses.values(), *made.constants.values()])
    names = {
        *re.findall("|".join(GREEK), said),
        *re.findall(r"(?<![A-Za-z])[A-Za-z](?![a-z])", said),
    }
    names |= {"pi"} | {*SETTING[made.paper].split()} | ALWAYS
    return symbols(INDICES.sub(index, made.latex)) - names - bound(made.latex)


def test_every_symbol_of_a_formula_is_introduced():
    left = {name: sorted(free(t)) for name, t in library().theorems.items() if free(t)}
    assert left == {}


def test_a_symbol_that_nobody_introduces_is_noticed():
    made = library().find("du-hu2019/claim-7-1")
    assert free(made) == set()
    assert free(replace(made, words=made.words.replace("<= R =", "<="))) == {"R"}
    assert free(replace(made, latex=r"\eta\le\xi,\ " + made.latex)) == {"xi"}


def test_every_hypothesis_is_taken_by_the_formal_statement():
    for made in library().theorems.values():
        if made.composition is not None and made.role == "theorem":
            assert unused(made.composition, made.hypotheses) == [], made.name


@pytest.mark.parametrize("name", ["du-hu2019/claim-7-1", "hu-xiao-pennington2020/claim-4-3"])
def test_the_step_size_of_both_claims_is_named_where_it_is_used(name):
    made = library().find(name)
    assert made.composition.given["l"] == "rate, step"
    short = replace(made.composition, given={**made.composition.given, "l": "rate"})
    assert unused(short, made.hypotheses) == ["step"]


def test_a_kernel_theorem_has_its_hypotheses_in_its_own_statement():
    assert unused(Composition(kernel=("k-1",)), {"h": "x >= 0"}) == []
    assert unused(Composition(claims=("c-1",)), {"h": "x >= 0"}) == ["h"]
    assert unused(Composition(claims=("c-1",), reads={"x": "x >="}), {"h": "x >= 0"}) == []
    assert unused(Composition(claims=("c-1",), reads={"x": "x"}), {"h": "x >= 0"}) == ["h"]


def test_every_command_of_a_displayed_formula_is_one_of_latex():
    """A space that is lost before a letter makes another command of both."""
    for theorem in library().theorems.values():
        used = set(re.findall(r"\\([A-Za-z]+)", theorem.latex))
        assert used <= COMMANDS, (theorem.name, used - COMMANDS)
