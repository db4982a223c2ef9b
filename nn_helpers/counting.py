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

    arrays: NumPy arrays, or lists or tuples of arrays. Raises what the function does.

    Counted are NumPy's ufuncs, which are operators, `@`, comparisons, np.exp and its
    kin, sums and maxima, on arrays that came from `arrays` or were computed from them.
    Not counted: slices and `.T`, which compute nothing, and all that is no ufunc, such
    as np.dot, np.einsum, np.where, fancy indexing, copies and astype.

    >>> A = np.ones((2, 3))
    >>> count_work(lambda A: np.maximum(A @ A.T, 0), A)
    Work(calls=2, products=12, bytes_made=64)
    """
    work = Work()

    class Counting(np.ndarray):
        def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
            plain = [_plain(value) for value in inputs]
            options = {name: _plain(value) for name, value in options.items()}
            if out is not None:
                options["out"] = tuple(map(_plain, out))
            result = getattr(ufunc, method)(*plain, **options)
            work.calls += 1
            if ufunc.signature:  # @ and its kin: of each last axis a sum of products
                work.products += np.size(result) * np.shape(plain[0])[-1]
            if out is not None or result is None:
                return out and out[0]
            work.bytes_made += np.asarray(result).nbytes
            return np.asarray(result).view(Counting)

    function(*(each(array, lambda a: a.copy().view(Counting)) for array in arrays))
    return work


def _plain(value):
    return value.view(np.ndarray) if isinstance(value, np.ndarray) else value


def each(value, change):
    """Return change(array); of a list or tuple of arrays one with each of them changed."""
    if isinstance(value, list | tuple):
        return type(value)(each(part, change) for part in value)
    return change(value)
