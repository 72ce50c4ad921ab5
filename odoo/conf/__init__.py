"""Values derived from the configuration that older addon code reads from here."""

#: directories in which addons are searched
addons_paths: list[str] = []
#: modules loaded once per process, whatever the database
server_wide_modules: list[str] = ["base", "web"]
