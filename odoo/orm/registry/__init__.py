"""The registry: the model classes of one database, and what is worked out from them once.

==============  ========================================================
``registry``    one object per database: its models and what they look up
``publishing``  one thread builds a registry, then it is everybody's
``setup``       its models get their fields
``caches``      what methods answered
``signaling``   what other processes are told
``locks``       one change at a time in a database
``testing``     test mode
==============  ========================================================
"""

from .locks import ModulesBusyError
from .registry import Registry
from .setup import RegistryChange

__all__ = ["ModulesBusyError", "Registry", "RegistryChange"]
