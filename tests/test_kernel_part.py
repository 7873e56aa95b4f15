"""Parts of the certificates make up all of them, each with every theorem of the kernel."""

from proofs.evidence import kernel
from proofs.user_claims import selected
from tests.kernel_part import PARTS, formal, names


def test_parts_are_disjoint_and_make_up_the_whole():
    theorems = set(kernel.theorems())
    parts = [names(part) for part in range(PARTS)]
    assert all(len({*part}) == len(part) and theorems <= {*part} for part in parts)
    carried = [{*part} - theorems for part in parts]
    claims = {n for n, c in selected(()).items() if formal(c)}
    assert set().union(*carried) == claims
    assert sum(map(len, carried)) == len(claims) > 300
    assert names(PARTS) == names(0)
