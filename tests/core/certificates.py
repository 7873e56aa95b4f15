"""Certificates built by hand: short names for statements and for the rules of a proof."""

from proofs.core import check

ENCLOSE = {"rule": "enclose", "mean": False}
MEAN = {"rule": "enclose", "mean": True}


def statement(conclusion, *hypotheses, layers=None, definitions=(), constants=None, **variables):
    """Variables by name; the hypotheses are labelled h, g, k, ..."""
    made = {
        "variables": variables,
        "definitions": [list(d) for d in definitions],
        "hypotheses": dict(zip("hgkabcdef", hypotheses, strict=False)),
        "conclusion": conclusion,
        "constants": constants or {},
        "scope": "",
    }
    return made if layers is None else {**made, "layers": layers}


def layers(*accumulators, hypotheses=None, **variables):
    return {
        "variables": variables,
        "hypotheses": hypotheses or {},
        "accumulators": [list(a) for a in accumulators],
    }


def node(rule, parts, **parameters):
    return {"rule": rule, **parameters, **({"parts": list(parts)} if parts else {})}


def cone(*terms, times=(), sign="1", parts=()):
    """Each term is a weight, labels of facts, and a square."""
    made = [{"weight": w, "facts": list(f), "square": s} for w, f, s in terms]
    return node("cone", parts, terms=made, times=list(times), sign=sign)


def have(claim, *parts, name="new"):
    return node("have", parts, claim=claim, name=name)


def cases(term, *parts, name="s"):
    return node("cases", parts, term=term, name=name)


def monotone(variable, end, *parts):
    return node("monotone", parts, variable=variable, end=end)


def limit(variable, end, *parts):
    return node("limit", parts, variable=variable, end=end)


def substitute(variable, value, inverse, *parts, where=()):
    return node(
        "substitute", parts, variable=variable, value=value, inverse=inverse, where=list(where)
    )


def invariant(variable, invariants, *parts):
    return node("invariant", parts, variable=variable, invariants=invariants)


def markov(event, exponent, *parts, name="m"):
    return node("markov", parts, event=event, exponent=exponent, name=name)


def cite(lemma, at, *parts, name="l"):
    return node("cite", parts, lemma=lemma["digest"], at=at, name=name)


def sealed(about, *proof, lemmas=()):
    body = {
        "format": check.FORMAT,
        "statement": about,
        "digest": check.digest(about),
        "lemmas": list(lemmas),
        "proof": list(proof),
    }
    return {**body, "seal": check.digest(body)}


def proved(about, *proof, lemmas=(), **options):
    """Check a certificate; what goes wrong is raised."""
    return check.check(check.canonical(sealed(about, *proof, lemmas=lemmas)), **options)
