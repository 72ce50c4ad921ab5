"""Who overrides what: the methods of a class along its inheritance, marked ones, and shorter ways round them."""

__all__ = ["is_original", "marked_methods", "method_chain", "original"]


def method_chain(model_class, name) -> list:
    """Return the functions called ``name`` along the inheritance chain, the one that runs first at the front."""
    return [klass.__dict__[name] for klass in model_class.__mro__ if name in klass.__dict__]


def original(function):
    """Decorator of methods that have a shorter way round them, for models where nobody overrides them."""
    function._original = function
    return function


def is_original(method) -> bool:
    """Tell whether a method is the one that was marked, and neither an override nor a patch or wrapper of it."""
    return getattr(method, "_original", None) is method


def marked_methods(model_class, mark) -> list:
    """Return the methods of the model whose outermost function has the attribute ``mark``, each name once."""
    names: dict = {}
    for klass in model_class.__mro__:
        for name, value in klass.__dict__.items():
            if name not in names and callable(value) and hasattr(value, mark):
                names[name] = None
    methods = []
    for name in names:
        for function in method_chain(model_class, name):
            if hasattr(function, mark):
                methods.append((name, getattr(function, mark)))
                break
    return methods
