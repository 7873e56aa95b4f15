"""SymPy's text, with mathematics where it would print constructors."""

from __future__ import annotations

import sympy
from sympy.printing.str import StrPrinter


def printed(formula: sympy.Basic) -> str:
    """Write a formula of SymPy on one line."""
    return str(_Printer({"order": None}).doprint(formula))


class _Printer(StrPrinter):
    """SymPy's text, with mathematics where it would print constructors."""

    def _print_Relational(self, e: sympy.Basic) -> str:
        return f"{self._print(e.lhs)} {e.rel_op} {self._print(e.rhs)}"

    def _print_Integral(self, e: sympy.Basic) -> str:
        variable, *bounds = e.limits[0]
        span = f"_{{{self._print(bounds[0])}}}^{{{self._print(bounds[1])}}}" if bounds else ""
        return f"∫{span} {self._print(e.function)} d{variable}"

    def _print_Product(self, e: sympy.Basic) -> str:
        index, low, high = e.limits[0]
        return f"(∏_{{{index}={low}}}^{{{self._print(high)}}} {self._print(e.function)})"

    def _print_RootSum(self, e: sympy.Basic) -> str:
        variable, body = e.fun.variables[0], e.fun.expr
        return f"(Σ_{{{self._print(e.poly.as_expr())} = 0}} {self._wrapped(body, variable)})"

    def _wrapped(self, body: sympy.Basic, variable: sympy.Basic) -> str:
        return f"({self._print(body)})" if body.is_Add else self._print(body)

    def _print_Derivative(self, e: sympy.Basic) -> str:
        function, (_, order) = e.expr, e.variable_count[0]
        if isinstance(function, sympy.Symbol):
            return f"∂{function}/∂{self._print(e.variable_count[0][0])}"
        return f"{function.func}{chr(39) * int(order)}({self._print(function.args[0])})"

    def _print_Indexed(self, e: sympy.Basic) -> str:
        return f"{e.args[0]}_{e.indices[0]}"

    def _print_ComplexRootOf(self, e: sympy.Basic) -> str:
        return f"(real root {e.index + 1} of {self._print(e.poly.as_expr())})"

    def _print_Abs(self, e: sympy.Basic) -> str:
        return f"|{self._print(e.args[0])}|"

    def _print_log(self, e: sympy.Basic) -> str:
        return f"ln({self._print(e.args[0])})"

    def _print_hyper(self, e: sympy.Basic) -> str:
        top, bottom = (", ".join(self._print(x) for x in xs) for xs in (e.ap, e.bq))
        return f"₂F₁({top}; {bottom}; {self._print(e.argument)})"
