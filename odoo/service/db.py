"""RPC service ``db``, and what else manages whole databases."""

import base64
import functools
import io
import logging
import os
import tempfile
from contextlib import closing

import psycopg2

from odoo import SUPERUSER_ID, api, sql_db
from odoo.db import lifecycle
from odoo.db.lifecycle import DatabaseExists, database_identifier
from odoo.exceptions import AccessDenied, TooManyAttempts
from odoo.http import db_filter, register_rpc_service, request
from odoo.http.peers import is_from_this_machine
from odoo.modules import neutralize
from odoo.modules.install_request import InstallRequest
from odoo.modules.registry import Registry
from odoo.release import version, version_info
from odoo.tools import config, file_open, scan_languages
from odoo.tools.addresses import client_network
from odoo.tools.budgets import extend_budget
from odoo.tools.xml_utils import etree

from .guesses import Guesses

_logger = logging.getLogger(__name__)
#: the log of failed logins, see docs/deployment.md
_failures = logging.getLogger("odoo.login")

__all__ = [
    "DatabaseExists",
    "check_db_management_enabled",
    "check_super",
    "create_database",
    "database_identifier",
    "dispatch",
    "dump_db",
    "dump_db_manifest",
    "list_db_incompatible",
    "list_dbs",
    "restore_db",
    "version_info",
]

dump_db_manifest = lifecycle.manifest


def check_db_management_enabled(method):
    """Decorate a function that manages databases: it is refused when the server hides its databases."""

    @functools.wraps(method)
    def wrapper(*args, **kwargs):
        if not config["list_db"]:
            _logger.error("%s was refused: database management is disabled (--no-database-list)", method.__name__)
            raise AccessDenied("Access denied: this server does not let its databases be managed from outside")
        return method(*args, **kwargs)

    return wrapper


def check_super(passwd):
    """Check the administration password.

    :param str passwd: the password given
    :return: True
    :raise odoo.exceptions.AccessDenied: it is wrong, or too many were wrong before
    """
    address = (client_network(request.httprequest.remote_addr) if request else None) or "-"
    if request and not config.has_admin_password and not is_from_this_machine(request.httprequest):
        _failures.warning("Failed login from %s on -: master password not tried, nobody chose one yet", address)
        raise AccessDenied(
            "Access denied: until a master password is chosen, with admin_passwd in the configuration file or by the"
            " database manager on the server's machine (at localhost), only that machine may manage databases"
        )
    guesses = Guesses(os.path.join(config["data_dir"], "admin_guesses"))
    if wait := guesses.begin(address):
        _failures.warning("Failed login from %s on -: master password not tried, too many wrong ones", address)
        raise TooManyAttempts(f"Access denied: too many wrong master passwords, wait for {wait} seconds", wait)
    if isinstance(passwd, str) and config.verify_admin_password(passwd):
        guesses.forget(address)
        # whoever knows the password may make and copy databases of any size
        extend_budget(0)
        return True
    _failures.warning("Failed login from %s on -: wrong master password", address)
    raise AccessDenied("Access denied: the master password is wrong")


# --- create and change ----------------------------------------------------------------------------------------------


def create_database(db_name):
    """Create an empty database.

    :param str db_name: its name
    :raise DatabaseExists: the name is taken
    """
    lifecycle.create(db_name)


# the name under which scripts know it
_create_empty_database = create_database


def _initialize_db(db_name, demo, lang, user_password, login="admin", country_code=None, phone=None):
    """Install base into an empty database and set up its first company and user."""
    registry = Registry.new(db_name, force_demo=demo, update_module=True, request=InstallRequest())
    with closing(registry.cursor()) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if lang and lang != "en_US":
            env["res.lang"]._activate_lang(lang)
            env["ir.module.module"].search([("state", "=", "installed")])._update_translations(lang)
        _set_up_company(env, country_code, phone)
        values = {"login": login, "password": user_password}
        if lang:
            values["lang"] = lang
        if "@" in login:
            values["email"] = login
        env.ref("base.user_admin").write(values)
        cr.commit()


def _set_up_company(env, country_code, phone):
    company = env.ref("base.main_company")
    if country_code:
        country = env["res.country"].search([("code", "=ilike", country_code)], limit=1)
        company.write({"country_id": country.id, "currency_id": country.currency_id.id or company.currency_id.id})
    if phone:
        company.write({"phone": phone})


@check_db_management_enabled
def exp_create_database(db_name, demo, lang, user_password="admin", login="admin", country_code=None, phone=None):
    """Create a database with base installed.

    :param str db_name: its name
    :param bool demo: with demonstration data
    :param str lang: code of the language
    :param str user_password: password of the administrator
    :param str login: login of the administrator
    :param str country_code: country of the company
    :param str phone: phone number of the company
    :return: True
    """
    _logger.info("Create database %r", db_name)
    lifecycle.create(db_name)
    _initialize_db(db_name, demo, lang, user_password, login, country_code, phone)
    return True


@check_db_management_enabled
def exp_duplicate_database(db_original_name, db_name, neutralize_database=False):
    """Copy a database; the copy gets an identity of its own.

    :param str db_original_name: database to copy
    :param str db_name: name of the copy
    :param bool neutralize_database: make the copy harmless to the world outside
    :return: True
    """
    _logger.info("Duplicate database %r to %r", db_original_name, db_name)
    Registry.delete(db_original_name)
    lifecycle.duplicate(db_original_name, db_name)
    _new_identity(db_name, neutralize_database)
    return True


@check_db_management_enabled
def exp_drop(db_name):
    """Delete a database and its files.

    :param str db_name: its name
    :return: False when there is no such database
    """
    Registry.delete(db_name)
    dropped = lifecycle.drop(db_name)
    if dropped:
        _logger.info("Dropped database %r", db_name)
    return dropped


@check_db_management_enabled
def exp_rename(old_name, new_name):
    """Rename a database and its files.

    :param str old_name: present name
    :param str new_name: future name
    :return: True
    """
    Registry.delete(old_name)
    lifecycle.rename(old_name, new_name)
    _logger.info("Renamed database %r to %r", old_name, new_name)
    return True


@check_db_management_enabled
def exp_change_admin_password(new_password):
    """Set the administration password and write it to the configuration file.

    :param str new_password: the password
    :return: True
    """
    config.set_admin_password(new_password)
    config.save(["admin_passwd"])
    return True


@check_db_management_enabled
def exp_migrate_databases(databases):
    """Update all modules of databases.

    :param databases: their names
    :return: True
    """
    for name in databases:
        _logger.info("Update all modules of database %r", name)
        Registry.new(name, update_module=True, request=InstallRequest.of(update=["base"]))
    return True


# --- dump and restore -----------------------------------------------------------------------------------------------


@check_db_management_enabled
def exp_dump(db_name: str, format: str) -> str:
    """Return a dump of a database, base64 encoded.

    :param str db_name: its name
    :param str format: zip or dump
    """
    stream = io.BytesIO()
    dump_db(db_name, stream, format)
    return base64.b64encode(stream.getbuffer()).decode("ascii")


@check_db_management_enabled
def dump_db(db_name, stream, backup_format="zip"):
    """Write a dump of a database; see :func:`odoo.db.lifecycle.dump`."""
    _logger.info("Dump database %r as %s", db_name, backup_format)
    return lifecycle.dump(db_name, stream, backup_format)


@check_db_management_enabled
def exp_restore(db_name, data, copy=False):
    """Make a database from a dump.

    :param str db_name: name of the database to make
    :param data: the dump, base64 encoded
    :param bool copy: the original lives on, so give this one an identity of its own
    :return: True
    """
    with tempfile.NamedTemporaryFile(prefix="odoo-restore.", delete=False) as file:
        file.write(base64.b64decode(data))
    try:
        restore_db(db_name, file.name, copy)
    finally:
        os.unlink(file.name)
    return True


@check_db_management_enabled
def restore_db(db, dump_file, copy=False, neutralize_database=False):
    """Make a database from a dump.

    :param str db: name of the database to make
    :param str dump_file: path of the dump
    :param bool copy: the original lives on, so give this one an identity of its own
    :param bool neutralize_database: make it harmless to the world outside
    """

    def finish(name):
        if copy:
            try:
                _new_identity(name, neutralize_database)
            finally:
                Registry.delete(name)
        elif neutralize_database:
            with sql_db.db_connect(name).cursor() as cr:
                neutralize.neutralize_database(cr)

    lifecycle.restore(db, dump_file, finish)
    _logger.info("Restored database %r", db)


def _new_identity(db_name, neutralize_database):
    registry = Registry.new(db_name)
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["ir.config_parameter"].init(force=True)
        if neutralize_database:
            neutralize.neutralize_database(cr)


# --- what there is --------------------------------------------------------------------------------------------------


def exp_db_exist(db_name):
    """Return whether a database exists, as far as the address of the request may see it.

    :param str db_name: its name
    """
    return isinstance(db_name, str) and bool(db_filter([db_name])) and lifecycle.exists(db_name)


#: name that addons import
list_dbs = lifecycle.list_served


def list_db_incompatible(databases):
    """Return those of the databases that this version cannot serve; connections to them are closed.

    :param databases: names of databases
    """
    incompatible = []
    series = version_info[:2]
    for name in databases:
        try:
            with closing(sql_db.db_connect(name).cursor()) as cr:
                cr.execute("SELECT latest_version FROM ir_module_module WHERE name = 'base'", log_exceptions=False)
                row = cr.fetchone()
        except psycopg2.Error:
            row = None
        if row is None or tuple(map(int, (row[0] or "0.0").split(".")[:2])) != series:
            incompatible.append(name)
            sql_db.close_db(name)
    return incompatible


def exp_list(document=False):
    """Return the names of the databases; ``document`` is ignored."""
    if not config["list_db"]:
        raise AccessDenied()
    return db_filter(list_dbs())


def exp_list_lang():
    """Return the languages that a database can be created in: pairs (code, name)."""
    return scan_languages()


def exp_list_countries():
    """Return the countries a company can be in: pairs [code, name], by name."""
    with file_open("base/data/res_country_data.xml", "rb") as file:
        root = etree.parse(file).getroot()
    countries = []
    for record in root.iter("record"):
        if record.get("model") == "res.country":
            values = {field.get("name"): field.text for field in record}
            countries.append([values["code"], values["name"]])
    return sorted(countries, key=lambda country: country[1])


def exp_server_version():
    """Return the version of the server."""
    return version


# --- dispatch -------------------------------------------------------------------------------------------------------

_PUBLIC = {
    "db_exist": exp_db_exist,
    "list": exp_list,
    "list_lang": exp_list_lang,
    "server_version": exp_server_version,
}
_PROTECTED = {
    "change_admin_password": exp_change_admin_password,
    "create_database": exp_create_database,
    "drop": exp_drop,
    "dump": exp_dump,
    "duplicate_database": exp_duplicate_database,
    "list_countries": exp_list_countries,
    "migrate_databases": exp_migrate_databases,
    "rename": exp_rename,
    "restore": exp_restore,
}


def dispatch(method, params):
    """Call a method of this service; most of them take the administration password as first argument.

    :param str method: name of the method
    :param params: its positional arguments
    :raise odoo.exceptions.AccessDenied: the password is wrong, or databases are hidden
    :raise KeyError: there is no such method
    """
    if method in _PUBLIC:
        return _PUBLIC[method](*params)
    if method in _PROTECTED:
        passwd, *arguments = params
        check_super(passwd)
        return _PROTECTED[method](*arguments)
    raise KeyError(f"The service 'db' has no method {method!r}")


register_rpc_service("db", dispatch)
