"""How commands are declared, found and run."""

import importlib
import logging
import os
import sys

from odoo.tools.suggestions import closest

_logger = logging.getLogger(__name__)

#: commands by name, filled by the subclasses of Command
commands: dict[str, type["Command"]] = {}

_PROGRAM = "odoo-bin"
#: modules of this package that declare commands
_BUILTIN = (
    "attachments",
    "audit",
    "check",
    "db",
    "help",
    "i18n",
    "scaffold",
    "server",
    "shell",
    "start",
    "upgrade_code",
)


class Command:
    """A command of ``odoo-bin``: a subclass registers itself under ``name``, by default its lower-cased class name.

    The first line of the docstring is what ``odoo-bin help`` shows. An addon declares commands in its module ``cli``.
    """

    name: str | None = None

    def __init_subclass__(cls):
        cls.name = cls.name or cls.__name__.lower()
        commands[cls.name] = cls

    @property
    def prog(self):
        """How the command is called, for usage messages."""
        return f"{_PROGRAM} {self.name}"

    def run(self, args):
        """Do it.

        :param list[str] args: the command line after the name of the command
        :return: exit status, None means success
        """
        raise NotImplementedError(f"{type(self).__name__}.run")


def main():
    """Run the command of ``sys.argv`` and leave with its exit status; without command the server starts."""
    addons_option, name, args = _split(sys.argv[1:])
    command = find_command(name, addons_option)
    if command is None:
        similar = closest(name, commands)
        hint = f", did you mean {similar!r}?" if similar else ";"
        sys.exit(f"{_PROGRAM}: there is no command {name!r}{hint} see `{_PROGRAM} help`")
    try:
        status = command().run(args + addons_option if name != "help" else args)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status)


def _split(words: list[str]) -> tuple[list[str], str, list[str]]:
    """Return the ``--addons-path`` before the command, in a list, the name of the command, and what else there is.

    Commands of addons are found only when it is known where addons are; no other option comes before the command.
    """
    match words:
        case [option, name, *rest] if option.startswith("--addons-path=") and not name.startswith("-"):
            return [option], name, rest
        case [name, *rest] if not name.startswith("-"):
            return [], name, rest
    return [], "server", words


def find_command(name, addons_option=()):
    """Return the command class of that name, None when there is none.

    :param str name: name of the command
    :param addons_option: ``--addons-path`` as given before the command, in a list
    """
    if name in _BUILTIN:
        importlib.import_module(f".{name}", __package__)
    else:
        load_builtin_commands()
        load_addon_commands(addons_option)
    return commands.get(name)


def load_builtin_commands():
    """Import the commands of this package."""
    for name in _BUILTIN:
        importlib.import_module(f".{name}", __package__)


def load_addon_commands(addons_option=()):
    """Import the modules ``cli`` of all addons.

    :param addons_option: ``--addons-path`` as given before the command, in a list
    """
    from odoo.modules.module import get_module_path, get_modules, initialize_sys_path
    from odoo.tools import config

    config.parse_config(list(addons_option))
    initialize_sys_path()
    logging.disable(logging.CRITICAL)
    try:
        for module in get_modules():
            path = get_module_path(module)
            if os.path.isfile(os.path.join(path, "cli.py")) or os.path.isdir(os.path.join(path, "cli")):
                importlib.import_module(f"odoo.addons.{module}.cli")
    finally:
        logging.disable(logging.NOTSET)
