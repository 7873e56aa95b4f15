"""What a user did wrong, in one line that names the argument."""

from __future__ import annotations


class InputError(ValueError):
    """Input that cannot be taken; the command line turns it into exit code 2.

    Parameters
    ----------
    argument : str
        The name of the offending argument, as the user wrote it.
    problem : str
        What is wrong with it, one clause, no line break.
    """

    def __init__(self, argument: str, problem: str) -> None:
        self.argument = argument
        self.problem = " ".join(problem.split())
        super().__init__(f"{argument}: {self.problem}")
