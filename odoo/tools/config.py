"""The configuration: defaults, then the file, then the command line."""

import argparse
import configparser
import logging
import os
import secrets
import sys
from pathlib import Path

from odoo import conf  # noqa: F401 - the name that addons know

from . import config_options
from .config_options import OPTIONS, parse_bool
from .passwords import password_hashing

_logger = logging.getLogger(__name__)

_crypt_context = password_hashing()
#: an administration password hashed here has this prefix
_HASH_PREFIX = "$pbkdf2-sha512"
#: what everybody knows is no password, also where an older version wrote it into a file
_KNOWN_PASSWORD = "admin"


def default_data_dir():
    """Return where data lives unless told otherwise: ``$XDG_DATA_HOME/Odoo``."""
    base = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "Odoo")


#: the name that addons know
_get_default_datadir = default_data_dir


class configmanager:
    """The options of this process, by key.

    Usable before :meth:`parse_config`, with the defaults. Keys that are no option may be set and are kept.
    """

    def __init__(self, fname=None):
        self.options = {option.key: option.default for option in OPTIONS}
        self.options.update(
            {
                "config": None,
                "root_path": str(Path(__file__).resolve().parent.parent),
                "data_dir": default_data_dir(),
                "init": {},
                "update": {},
                "demo": {},
                "log_handler": [],
                "dev_mode": [],
            }
        )
        self.casts = {option.key: option.parse for option in OPTIONS if option.parse}
        self.blacklist_for_save = {option.key for option in OPTIONS if not option.in_file}
        #: sections of the file other than [options]: {section: {key: value}}
        self.misc = {}
        self.config_file = fname
        #: which content of the file was read, None before any was
        self._file_stamp = None
        self.parser = config_options.make_parser()
        self._after_parse = []
        self._set_addons_path(None)

    @property
    def rcfile(self):
        """Path of the configuration file, whether or not it exists."""
        path = self.config_file or self.options.get("config") or os.environ.get("ODOO_RC") or "~/.odoorc"
        return os.path.abspath(os.path.expanduser(path))

    @property
    def addons_data_dir(self):
        """Directory of the addons installed at runtime; made when missing."""
        path = os.path.join(self["data_dir"], "addons", "18.0")
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path

    @property
    def session_dir(self):
        """Directory of the web sessions; made when missing."""
        path = os.path.join(self["data_dir"], "sessions")
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path

    def filestore(self, dbname):
        """Return the directory of the attachments of a database.

        :param str dbname: name of the database
        """
        return os.path.join(self["data_dir"], "filestore", dbname)

    def on_parse(self, callback):
        """Call ``callback()`` whenever a command line has been parsed.

        :param callback: function without parameters
        """
        if callback not in self._after_parse:
            self._after_parse.append(callback)

    def parse_config(self, args=None, *, setup_logging=None):
        """Read the configuration file and the command line.

        :param list[str] args: the command line without the name of the program
        :param bool setup_logging: accepted for compatibility; commands set logging up themselves
        :raise SystemExit: an option is unknown or its value is wrong
        """
        given = vars(self.parser.parse_args(list(args or [])))
        self.options["config"] = given.pop("config", None)
        save = given.pop("save", False)
        self._read_file(must_exist=bool(self.options["config"]) and not save)
        self.options.update(given)
        self._finish()
        if save:
            self.save()
        for callback in self._after_parse:
            callback()

    #: the name that addons know
    _parse_config = parse_config

    def load(self):
        """Read the configuration file anew."""
        self._read_file()
        self._finish()

    def save(self, keys=None):
        """Write the configuration file.

        :param keys: write only these keys and keep the rest of the file; by default everything
        """
        path = self.rcfile
        parser = configparser.RawConfigParser()
        if keys and os.path.exists(path):
            parser.read(path, encoding="utf-8")
        if not parser.has_section("options"):
            parser.add_section("options")
        for key in sorted(keys or self.options):
            if key in self.options and key not in self.blacklist_for_save:
                parser.set("options", key, _to_text(self.options[key]))
        for section, values in self.misc.items() if not keys else ():
            parser[section] = {key: _to_text(value) for key, value in values.items()}
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        # the file holds passwords
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            parser.write(file)
        self._file_stamp = self._stamp_of_file()

    def get(self, key, default=None):
        """Return an option, or ``default`` when the key does not exist."""
        return self.options.get(key, default)

    def pop(self, key, default=None):
        """Remove an option and return its value."""
        return self.options.pop(key, default)

    def get_misc(self, sect, key, default=None):
        """Return a value of another section of the file.

        :param str sect: name of the section
        :param str key: name of the value
        :param default: returned when there is none
        """
        return self.misc.get(sect, {}).get(key, default)

    @property
    def has_admin_password(self):
        """Whether somebody chose an administration password."""
        self._follow_admin_password()
        return self.options["admin_passwd"] not in (None, False, "", _KNOWN_PASSWORD)

    def make_admin_password(self):
        """Make a random administration password unless there is one; its hash is kept in the data directory.

        :return: the password if it was made now, to be told to whoever starts the server; None otherwise
        """
        path = self._admin_password_file
        if self.has_admin_password or os.path.exists(path):
            return None
        password = secrets.token_urlsafe(15)
        hashed = _crypt_context.hash(password)
        os.makedirs(self["data_dir"], mode=0o700, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another server was faster
            return None
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(hashed)
        return password

    def verify_admin_password(self, password):
        """Return whether this is the administration password; a plain one in memory is replaced by its hash.

        :param str password: the password given by somebody
        """
        if not password:
            return False
        if not self.has_admin_password:
            try:
                stored = Path(self._admin_password_file).read_text(encoding="utf-8")
            except FileNotFoundError:
                return False
            return _crypt_context.verify(password, stored)
        valid, replacement = _crypt_context.verify_and_update(password, self.options["admin_passwd"])
        if replacement:
            self.options["admin_passwd"] = replacement
        return valid

    def set_admin_password(self, new_password):
        """Keep the hash of a new administration password; :meth:`save` writes it.

        :param str new_password: the password, or a hash made by this method
        :raise ValueError: it is empty, or the one that everybody knows
        """
        if not new_password or new_password == _KNOWN_PASSWORD:
            raise ValueError("Choose a master password that is not empty and that nobody can know")
        hashed = new_password if new_password.startswith(_HASH_PREFIX) else _crypt_context.hash(new_password)
        self.options["admin_passwd"] = hashed

    @property
    def _admin_password_file(self):
        return os.path.join(self["data_dir"], "admin_passwd")

    def _follow_admin_password(self):
        """Take the administration password from the file if another process has written it since."""
        stamp = self._stamp_of_file()
        if self._file_stamp in (None, stamp):
            return
        parser = configparser.RawConfigParser()
        try:
            parser.read(self.rcfile, encoding="utf-8")
        except configparser.Error as error:  # it may be half written
            _logger.warning("The administration password cannot be read from %s: %s", self.rcfile, error)
            return
        self._file_stamp = stamp
        if parser.has_option("options", "admin_passwd"):
            self._set_from_file(self.rcfile, "admin_passwd", parser.get("options", "admin_passwd"))

    def _stamp_of_file(self):
        """Return what tells one content of the configuration file from another."""
        try:
            info = os.stat(self.rcfile)
        except FileNotFoundError:
            return ()
        return info.st_mtime_ns, info.st_size

    def __getitem__(self, key):
        return self.options[key]

    def __setitem__(self, key, value):
        if isinstance(value, str) and key in self.casts:
            value = self.casts[key](value)
        self.options[key] = value

    def __contains__(self, key):
        return key in self.options

    def _read_file(self, must_exist=False):
        path = self.rcfile
        self._file_stamp = self._stamp_of_file()
        if not os.path.exists(path):
            if must_exist:
                sys.exit(f"odoo-bin: there is no configuration file {path}")
            return
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
            for key, value in parser.items("options") if parser.has_section("options") else ():
                self._set_from_file(path, config_options.ALIASES.get(key, key), value)
        except configparser.Error as error:
            sys.exit(f"odoo-bin: {path} is not a valid configuration file: {error}")
        self.misc = {
            section: {key: parse_bool(value, keep=True) for key, value in parser.items(section)}
            for section in parser.sections()
            if section != "options"
        }

    def _set_from_file(self, path, key, text):
        text = text.strip()
        try:
            if text in ("False", "None", ""):
                option = config_options.BY_KEY.get(key)
                self.options[key] = option.empty if option else False
            elif key in self.casts:
                self.options[key] = self.casts[key](text)
            else:
                self.options[key] = parse_bool(text, keep=True)
        except (ValueError, argparse.ArgumentTypeError) as error:
            sys.exit(f"odoo-bin: {path}: option {key}: {error}")

    def _finish(self):
        """Bring the options into the shape in which they are read."""
        options = self.options
        options["data_dir"] = os.path.abspath(os.path.expanduser(options["data_dir"] or default_data_dir()))
        for key in ("logfile", "pidfile", "screenshots", "screencasts", "test_file"):
            if options.get(key):
                options[key] = os.path.abspath(os.path.expanduser(options[key]))
        for key in ("init", "update"):
            if not isinstance(options[key], dict):
                options[key] = {name.strip(): 1 for name in (options[key] or "").split(",") if name.strip()}
        options["demo"] = {} if options["without_demo"] else dict(options["init"])
        if options["test_file"] or options["test_tags"]:
            options["test_enable"] = True
        if options["test_enable"] and not options["test_tags"] and not options["test_file"]:
            options["test_tags"] = "+standard"
        self._set_addons_path(options["addons_path"])

    def _set_addons_path(self, text):
        given = [os.path.abspath(os.path.expanduser(path.strip())) for path in (text or "").split(",") if path.strip()]
        for path in given:
            if not os.path.isdir(path):
                sys.exit(f"odoo-bin: --addons-path: {path} is not a directory")
        root = self.options["root_path"]
        standard = [os.path.join(root, "addons"), os.path.join(os.path.dirname(root), "addons")]
        paths = [*given, *(path for path in standard if os.path.isdir(path))]
        self.options["addons_path"] = ",".join(dict.fromkeys(paths))


def _to_text(value):
    if value is None:
        return "False"
    if isinstance(value, (list, tuple, dict)):
        return ",".join(map(str, value))
    return str(value)


#: the configuration of this process
config = configmanager()
