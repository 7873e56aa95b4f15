"""Imported by the server of workers, and by nothing else: while it imports, it hears nothing.

Its end is the end of its workers, and the end of the driver is its own, even before it listens.
"""

from numerics.sweeps.mortal import end_with_parent

end_with_parent()
