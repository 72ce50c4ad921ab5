"""The command ``odoo-bin db``."""

import argparse
import os
import sys
from urllib.parse import urlsplit

import psycopg2

from odoo.db import lifecycle
from odoo.service import db as service_db
from odoo.tools import config

from .command import Command
from .preparation import add_server_options, configure, server_options, start_database_server


class Db(Command):
    """Create, list, duplicate, rename, drop, dump and load databases."""

    def run(self, args):
        """Do what the subcommand says."""
        options = self._parser().parse_args(args)
        configure(server_options(options), self.prog)
        # who may run commands on this machine may manage its databases
        config["list_db"] = True
        start_database_server()
        try:
            return options.function(options)
        except (
            lifecycle.DatabaseExists,
            lifecycle.DatabaseMissing,
            ValueError,
            RuntimeError,
            psycopg2.OperationalError,
        ) as error:
            sys.exit(f"{self.prog}: {str(error).strip()}")

    def _parser(self):
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__, allow_abbrev=False)
        add_server_options(parser)
        commands = parser.add_subparsers(title="subcommands", required=True, metavar="COMMAND")

        def add(name, function, help, **kwargs):
            sub = commands.add_parser(name, help=help, description=help, **kwargs)
            sub.set_defaults(function=function)
            return sub

        sub = add("init", self._init, "create a database and install base", aliases=["create"])
        sub.add_argument("name")
        sub.add_argument("--with-demo", "--demo", action="store_true", help="with demonstration data")
        sub.add_argument("--force", "-f", action="store_true", help="drop a database of that name first")
        sub.add_argument("--language", default="en_US", help="code of the language")
        sub.add_argument("--username", default="admin", help="login of the administrator")
        sub.add_argument("--password", default="admin", help="password of the administrator")
        sub.add_argument("--country", help="code of the company's country")
        add("list", self._list, "list the databases")
        sub = add("drop", self._drop, "delete a database and its files")
        sub.add_argument("name")
        for name, function, help in (
            ("duplicate", self._duplicate, "copy a database and its files"),
            ("rename", self._rename, "rename a database and its files"),
        ):
            sub = add(name, function, help)
            sub.add_argument("source")
            sub.add_argument("target")
            sub.add_argument("--force", "-f", action="store_true", help="drop the target first")
            if name == "duplicate":
                sub.add_argument("--neutralize", "-n", action="store_true", help="make the copy harmless")
        sub = add("dump", self._dump, "write a database to a file or standard output")
        sub.add_argument("name")
        sub.add_argument("path", nargs="?", default="-")
        sub.add_argument("--format", choices=("zip", "dump"), default="zip", help="zip includes the files")
        sub = add("load", self._load, "make a database from a dump", aliases=["restore"])
        sub.add_argument("name", nargs="?", help="by default the name of the dump's file")
        sub.add_argument("path", help="a file or URL")
        sub.add_argument("--force", "-f", action="store_true", help="drop a database of that name first")
        sub.add_argument("--neutralize", "-n", action="store_true", help="make the database harmless")
        return parser

    def _init(self, options):
        _make_room(options.name, options.force)
        service_db.exp_create_database(
            options.name,
            options.with_demo,
            options.language,
            options.password,
            options.username,
            options.country,
        )

    def _list(self, options):
        for name in lifecycle.list_databases():
            print(name)

    def _drop(self, options):
        if not service_db.exp_drop(options.name):
            sys.exit(f"{self.prog}: there is no database {options.name!r}")

    def _duplicate(self, options):
        _make_room(options.target, options.force)
        service_db.exp_duplicate_database(options.source, options.target, options.neutralize)

    def _rename(self, options):
        _make_room(options.target, options.force)
        service_db.exp_rename(options.source, options.target)

    def _dump(self, options):
        if options.path == "-":
            service_db.dump_db(options.name, sys.stdout.buffer, options.format)
            return
        with open(options.path, "wb") as file:
            try:
                service_db.dump_db(options.name, file, options.format)
            except BaseException:
                os.unlink(options.path)
                raise

    def _load(self, options):
        path = _fetch(options.path)
        name = options.name or os.path.splitext(os.path.basename(urlsplit(options.path).path))[0]
        _make_room(name, options.force)
        service_db.restore_db(name, path, copy=True, neutralize_database=options.neutralize)


def _make_room(name, force):
    if lifecycle.exists(name):
        if not force:
            raise lifecycle.DatabaseExists(f"database {name!r} already exists; -f drops it first")
        service_db.exp_drop(name)


def _fetch(path):
    """Return a local path of a dump, fetched when ``path`` is a URL."""
    if urlsplit(path).scheme not in ("http", "https"):
        if not os.path.isfile(path):
            raise ValueError(f"there is no file {path}")
        return path
    # other commands do without
    import requests

    target = os.path.join(config["data_dir"], "downloaded-dump")
    with requests.get(path, stream=True, timeout=30) as response, open(target, "wb") as file:
        response.raise_for_status()
        for chunk in response.iter_content(2**20):
            file.write(chunk)
    return target
