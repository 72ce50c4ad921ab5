"""The configuration: defaults, file, command line, saving."""

import pytest

from odoo.tools.config import configmanager


@pytest.fixture
def rcfile(tmp_path, monkeypatch):
    path = tmp_path / "odoorc"
    monkeypatch.setenv("ODOO_RC", str(path))
    return path


def test_defaults_are_there_before_parsing(rcfile):
    config = configmanager()
    assert config["http_port"] == 8069
    assert config["db_name"] is False
    assert config["init"] == {}


def test_command_line_wins_over_file(rcfile):
    rcfile.write_text("[options]\nhttp_port = 9000\ndb_name = fromfile\nworkers = 3\n")
    config = configmanager()
    config.parse_config(["-p", "9001"])
    assert (config["http_port"], config["db_name"], config["workers"]) == (9001, "fromfile", 3)


def test_file_values_get_their_types(rcfile):
    rcfile.write_text(
        "[options]\nlist_db = False\nproxy_mode = True\nlog_handler = :WARNING,odoo.http:DEBUG\n"
        "db_host = False\nmy_key = some text\nxmlrpc_port = 8070\n[queue_job]\nchannels = root:2\n"
    )
    config = configmanager()
    config.load()
    assert config["list_db"] is False
    assert config["proxy_mode"] is True
    assert config["log_handler"] == [":WARNING", "odoo.http:DEBUG"]
    assert config["db_host"] is False
    assert config["my_key"] == "some text"
    assert config["http_port"] == 8070
    assert config.get_misc("queue_job", "channels") == "root:2"


def test_lists_of_addons_become_dicts(rcfile):
    config = configmanager()
    config.parse_config(["-i", "base,web", "-u", "sale"])
    assert config["init"] == {"base": 1, "web": 1}
    assert config["update"] == {"sale": 1}
    assert config["demo"] == {"base": 1, "web": 1}


def test_without_demo(rcfile):
    config = configmanager()
    config.parse_config(["-i", "base", "--without-demo=all"])
    assert config["demo"] == {}
    config = configmanager()
    config.parse_config(["--without-demo", "-i", "base"])
    assert config["without_demo"] == "all"


@pytest.mark.parametrize("option", [["--test-tags=/sale"], ["--test-file=x/tests/test_y.py"]])
def test_choosing_tests_enables_them(rcfile, option):
    config = configmanager()
    config.parse_config(option)
    assert config["test_enable"] is True


def test_2_13_6_each_configuration_parses_for_itself(rcfile):
    one, other = configmanager(str(rcfile)), configmanager(str(rcfile))
    one._parse_config(["-d", "shop", "--log-level", "warn"])
    assert (one["db_name"], one["log_level"]) == ("shop", "warn")
    assert (other["db_name"], other["log_level"]) != ("shop", "warn")


def test_unknown_option_is_refused(rcfile, capsys):
    with pytest.raises(SystemExit) as error:
        configmanager().parse_config(["--no-such-option"])
    assert error.value.code == 2
    assert "--no-such-option" in capsys.readouterr().err


def test_addons_path_must_exist(rcfile, tmp_path):
    missing = tmp_path / "missing"
    with pytest.raises(SystemExit, match=str(missing)):
        configmanager().parse_config([f"--addons-path={missing}"])


def test_save_and_read_again(rcfile):
    config = configmanager()
    config.parse_config(["-p", "9002", "-d", "mydb", "--no-database-list", "--save"])
    assert rcfile.stat().st_mode & 0o077 == 0
    again = configmanager()
    again.load()
    assert (again["http_port"], again["db_name"], again["list_db"]) == (9002, "mydb", False)
    assert again["init"] == {}


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "data"


def test_admin_password_is_hashed(rcfile, data_dir):
    rcfile.write_text(f"[options]\nadmin_passwd = plain\ndata_dir = {data_dir}\n")
    config = configmanager()
    config.load()
    assert config.verify_admin_password("plain")
    assert config["admin_passwd"] != "plain"
    assert config.verify_admin_password("plain")
    assert not config.verify_admin_password("wrong")
    config.set_admin_password("s3cret")
    assert config.verify_admin_password("s3cret")
    assert "s3cret" not in config["admin_passwd"]


@pytest.mark.parametrize("line", ["", "admin_passwd = admin", "admin_passwd =", "admin_passwd = False"])
def test_f2_no_password_is_the_default(rcfile, data_dir, line):
    rcfile.write_text(f"[options]\n{line}\n")
    config = configmanager()
    config.parse_config([f"--data-dir={data_dir}"])
    for password in ("admin", "", None, "False", False):
        assert not config.verify_admin_password(password)
    assert not config.has_admin_password


def test_f2_random_password_of_the_first_start(rcfile, data_dir):
    config = configmanager()
    config.parse_config([f"--data-dir={data_dir}"])
    password = config.make_admin_password()
    assert len(password) >= 20
    [file] = [path for path in data_dir.iterdir() if password not in path.read_text()]
    assert file.stat().st_mode & 0o077 == 0
    again = configmanager()
    again.parse_config([f"--data-dir={data_dir}"])
    assert config.make_admin_password() is again.make_admin_password() is None
    for one in (config, again):
        assert one.verify_admin_password(password)
        assert not one.verify_admin_password("admin")
        assert not one.verify_admin_password(file.read_text())


def test_f2_chosen_password_ends_the_random_one_in_every_process(rcfile, data_dir):
    first, second = configmanager(), configmanager()
    for config in (first, second):
        config.parse_config([f"--data-dir={data_dir}"])
    random = first.make_admin_password()
    for chosen, former in (("chosen", random), ("true", "chosen")):
        first.set_admin_password(chosen)
        first.save(["admin_passwd"])
        for config in (first, second):
            assert config.verify_admin_password(chosen)
            assert not config.verify_admin_password(former)
    assert second.make_admin_password() is None


@pytest.mark.parametrize("password", ["", None, "admin"])
def test_f2_password_that_everybody_knows_is_not_set(rcfile, password):
    with pytest.raises(ValueError, match="master password"):
        configmanager().set_admin_password(password)
