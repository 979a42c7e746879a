"""Parts of fontTools that WeasyPrint imports for fonts of which the house has none: left out until they are asked for.

They cut fonts down where HarfBuzz can't, and make static fonts of variable ones: 5 MB that every worker would carry.
Importing this module before WeasyPrint does it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

USED_OF = {"fontTools.subset": ("Options", "Subsetter"), "fontTools.varLib.instancer": ("instantiateVariableFont",)}


class LateModule(ModuleType):
    """Stands for a module until one of its names is called; then the module itself is imported and takes its place."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name)
        for each in names:
            setattr(self, each, self._caller(each))

    def _caller(self, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(import_module(self.__name__), name)(*args, **kwargs)

        return call


def put_off(used_of: Mapping[str, tuple[str, ...]] = USED_OF) -> None:
    """Stands in for those modules that nobody has imported yet; names: what their users call of them."""
    for name, names in used_of.items():
        if name not in sys.modules:
            sys.modules[name] = LateModule(name, names)


put_off()
