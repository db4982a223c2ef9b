"""Counting what a function asks of NumPy: calls, multiplications, new arrays."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Work:
    """calls: of NumPy; products: numbers multiplied in matrix products; bytes_made."""

    calls: int = 0
    products: int = 0
    bytes_made: int = 0


def count_work(function, *arrays):
    """Run function(*copies of the arrays), and return the Work that NumPy did.

    arrays: NumPy arrays, or lists of arrays. Raises what the function raises.

    Counted is what goes through NumPy's functions on arrays: arithmetic, `@`,
    comparisons, sums and maxima, as long as one of the arrays came from `arrays` or
    was computed from them. Slices and `.T` compute nothing, and count nothing.

    >>> A = np.ones((2, 3))
    >>> count_work(lambda A: np.maximum(A @ A.T, 0), A)
    Work(calls=2, products=12, bytes_made=64)
    """
    work = Work()

    class Counting(np.ndarray):
        def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
            plain = [_plain(value) for value in inputs]
            if out is not None:
                options["out"] = tuple(map(_plain, out))
            result = getattr(ufunc, method)(*plain, **options)
            work.calls += 1
            if ufunc is np.matmul:
                work.products += np.size(result) * np.shape(plain[0])[-1]
            if out is not None:
                return out[0]
            work.bytes_made += np.asarray(result).nbytes
            return np.asarray(result).view(Counting)

    function(*(each(array, lambda a: a.copy().view(Counting)) for array in arrays))
    return work


def _plain(value):
    return value.view(np.ndarray) if isinstance(value, np.ndarray) else value


def each(value, change):
    """Return change(array), or for a list of arrays the list of all of them changed."""
    if isinstance(value, list):
        return [each(part, change) for part in value]
    return change(value)
