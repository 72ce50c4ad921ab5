"""The registry: the model classes of one database, and what is worked out from them once.

==============  ========================================================
``registry``    one object per database: its models and what they look up
``setup``       its models get their fields
``caches``      what methods answered
``signaling``   what other processes are told
``testing``     test mode
==============  ========================================================
"""

from .registry import Registry
from .setup import RegistryChange

__all__ = ["Registry", "RegistryChange"]
