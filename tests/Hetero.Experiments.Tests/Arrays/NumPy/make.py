"""Writes the arrays beside this file with NumPy itself: every type, byte order, order of indices and version that the library reads."""
import os
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
numbers = (np.arange(24) * 0.5 - 3).reshape(3, 2, 4)
for size in "48":
    for order in "<>":
        for indices in "CF":
            for version in (1, 2, 3):
                kind = {"<": "little", ">": "big"}[order]
                with open(os.path.join(here, f"f{size}-{kind}-{indices}-{version}.npy"), "wb") as file:
                    np.lib.format.write_array(file, np.array(numbers, order + "f" + size, order=indices), (version, 0))
np.save(os.path.join(here, "number.npy"), np.array(2.5))
np.save(os.path.join(here, "vector.npy"), np.array([1.5, -2, np.inf]))
np.save(os.path.join(here, "empty.npy"), np.zeros((0, 3)))
np.save(os.path.join(here, "objects.npy"), np.array([1, "a"], dtype=object))
np.save(os.path.join(here, "complex.npy"), numbers.astype("c16"))
np.save(os.path.join(here, "integers.npy"), numbers.astype("i4"))
np.save(os.path.join(here, "records.npy"), np.zeros(3, dtype=[("x", "f8"), ("y", "f8")]))
np.savez(os.path.join(here, "plain.npz"), x=numbers, y=np.asfortranarray(numbers.astype(">f4")))
np.savez_compressed(os.path.join(here, "compressed.npz"), x=numbers, y=np.asfortranarray(numbers.astype(">f4")))
np.savez_compressed(os.path.join(here, "bomb.npz"), x=np.zeros(1 << 20))
