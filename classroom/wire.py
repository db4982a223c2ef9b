"""What passes between the judge and the process that runs a hand-in.

The judge trusts nothing that comes back: it is JSON, of numbers, arrays, words and
lists, and never a pickle. What goes out may be a pickle, since nothing of ours has
to fear our own objects; functions that a check makes on the spot stay here, and are
called from there by number.
"""

import base64
import io
import json
import pickle
import struct
import types

import numpy as np

LARGEST = 8 * 2**20  # bytes of a message that the judge still reads
KINDS = "biufcSU"  # arrays of these travel by their bytes
DEEP = 40  # a list within a list, so many times


class Broken(Exception):
    """What came is no message of ours."""


def send(stream, message):
    """Write a message: JSON with its length before it."""
    data = json.dumps(message).encode("utf-8")
    stream.write(struct.pack(">Q", len(data)) + data)
    stream.flush()


def parse(data):
    """The message that some bytes spell, a dict."""
    try:
        message = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Broken from None
    if not isinstance(message, dict):
        raise Broken("no message")
    return message


def nodes(value):
    """Everything in a value that can change, in an order that is the same there.

    Arrays, lists, dicts, generators of random numbers, and objects of ours.
    """
    found, seen = [], set()

    def walk(part):
        changes = isinstance(part, np.ndarray | np.random.Generator | list | dict)
        changes |= type(part).__module__.startswith("nn_helpers.")
        if changes and id(part) in seen:
            return
        if changes:
            seen.add(id(part))
            found.append(part)
        for inner in _inside(part):
            walk(inner)

    walk(value)
    return found


def _inside(part):
    if isinstance(part, list | tuple):
        return list(part)
    if isinstance(part, dict):
        return list(part.values())
    if type(part).__module__.startswith("nn_helpers.") and hasattr(part, "__dict__"):
        return list(vars(part).values())
    return []


def contents(known):
    """What the nodes hold now, to be sent back."""
    return [_content(node, known) for node in known]


def _content(node, known):
    if isinstance(node, np.ndarray):
        return encode(node)
    if isinstance(node, list):
        return [encode(part, known) for part in node]
    if isinstance(node, np.random.Generator):
        return json.loads(json.dumps(node.bit_generator.state))
    fields = node if isinstance(node, dict) else vars(node)
    return {str(name): encode(part, known) for name, part in fields.items()}


def restore(known, held):
    """Give the nodes here what their twins hold there."""
    if not isinstance(held, list) or len(held) != len(known):
        raise Broken("other arguments")
    for node, content in zip(known, held, strict=True):
        if isinstance(node, np.ndarray):
            array = decode(content)
            same = isinstance(array, np.ndarray) and array.shape == node.shape
            if same and array.dtype == node.dtype and node.flags.writeable:
                node[...] = array
        elif isinstance(node, list) and isinstance(content, list):
            before = [*node, *[None] * len(content)]
            pairs = zip(before, content)  # noqa: B905 - a list may have grown
            node[:] = [_kept(part, came, known) for part, came in pairs]
        elif isinstance(node, np.random.Generator):
            try:
                node.bit_generator.state = content
            except (TypeError, ValueError, KeyError) as error:
                raise Broken("no state of a generator") from error
        elif isinstance(content, dict):
            fields = node if isinstance(node, dict) else vars(node)
            for name in fields.keys() & content.keys():
                fields[name] = _kept(fields[name], content[name], known)


def _kept(part, came, known):
    """The part as it is, where what came says nothing new about it."""
    return part if isinstance(came, dict) and "kind" in came else decode(came, known)


def encode(value, known=(), depth=0):
    """A value as JSON; {"kind": ...} stands for what does not travel."""
    for number, node in enumerate(known):
        if value is node:
            return {"node": number}
    if value is ...:
        return {"dots": True}
    if isinstance(value, np.ndarray):
        return _encode_array(np.asarray(value), depth)
    if isinstance(value, np.generic):
        return {"scalar": _encode_array(np.asarray(value), depth)}
    if value is None or type(value) is bool:
        return value
    if isinstance(value, str):
        return str(value)
    if type(value) is int:
        return {"int": hex(value)} if abs(value) >= 2**53 else value
    if type(value) is float:
        return {"float": value.hex()}
    if type(value) is complex:
        return {"scalar": _encode_array(np.asarray(value), depth)}
    if depth > DEEP:
        return {"kind": "list"}
    if isinstance(value, list | tuple):
        name = "list" if isinstance(value, list) else "tuple"
        return {name: [encode(part, known, depth + 1) for part in value]}
    if isinstance(value, set | frozenset):
        return {"set": [encode(part, known, depth + 1) for part in value]}
    if hasattr(type(value), "__array__"):  # a tensor, a column of a table
        return _encode_array(np.asarray(value), depth)
    if hasattr(value, "as_integer_ratio"):  # Fraction and Decimal
        return _encode_ratio(value)
    return {"kind": "dict" if isinstance(value, dict) else type(value).__name__[:40]}


def _encode_ratio(value):
    try:
        above, below = value.as_integer_ratio()
        return {"ratio": [hex(above), hex(below)]}
    except (ValueError, OverflowError):  # Decimal("NaN")
        return {"float": float(value).hex()}


def _encode_array(array, depth):
    if array.dtype.kind not in KINDS:
        if depth > DEEP:
            return {"kind": "ndarray"}
        parts = [encode(part, (), depth + 1) for part in array.ravel().tolist()]
        return {"objects": parts, "shape": list(array.shape)}
    data = np.ascontiguousarray(array).tobytes()
    words = base64.b64encode(data).decode("ascii")
    return {"array": words, "dtype": array.dtype.str, "shape": list(array.shape)}


def decode(message, known=()):
    """The value that `encode` was given; Broken if it is none of its messages."""
    if message is None or isinstance(message, bool | int | float | str):
        return message
    try:
        return _decode(message, known)
    except Exception as error:  # whatever a message can be that none of ours is
        raise Broken(type(error).__name__) from None


def _decode(message, known):
    if "node" in message:
        return known[message["node"]]
    if "dots" in message:
        return ...
    if "int" in message:
        return int(message["int"], 16)
    if "float" in message:
        return float.fromhex(message["float"])
    if "ratio" in message:
        from fractions import Fraction

        return Fraction(*(int(part, 16) for part in message["ratio"]))
    for name, make in (("list", list), ("tuple", tuple), ("set", set)):
        if name in message:
            return make(decode(part, known) for part in message[name])
    if "scalar" in message:
        return decode(message["scalar"])[()]
    if "objects" in message:
        array = np.empty(len(message["objects"]), dtype=object)
        for place, part in enumerate(message["objects"]):
            array[place] = decode(part)
        return array.reshape(message["shape"])
    if "array" in message:
        dtype = np.dtype(message["dtype"])
        if dtype.kind not in KINDS:
            raise Broken(f"an array of {dtype}")
        data = base64.b64decode(message["array"], validate=True)
        return np.frombuffer(data, dtype).reshape(message["shape"]).copy()
    return _stand_in(message["kind"])


def _stand_in(kind):
    """Something of a type of that name, to be refused by name."""
    if kind == "dict":
        return {}
    if kind == "list":
        return [None]
    return type(str(kind), (), {})()


class _Pickler(pickle.Pickler):
    def __init__(self, stream, functions):
        super().__init__(stream, protocol=5)
        self.functions = functions

    def persistent_id(self, value):
        if isinstance(value, types.FunctionType) and "<" in value.__qualname__:
            self.functions.append(value)
            return len(self.functions) - 1
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream, call_back):
        super().__init__(stream)
        self.call_back = call_back

    def persistent_load(self, number):
        def slope(*arguments):
            return self.call_back(number, arguments)

        return slope


def pack(value):
    """(text to be sent, the functions that stay here) of arguments of ours."""
    stream, functions = io.BytesIO(), []
    _Pickler(stream, functions).dump(value)
    return base64.b64encode(stream.getvalue()).decode("ascii"), functions


def unpack(text, call_back):
    """There: the arguments; a function of theirs asks back by its number."""
    return _Unpickler(io.BytesIO(base64.b64decode(text)), call_back).load()
