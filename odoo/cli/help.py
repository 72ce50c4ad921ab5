"""The command ``odoo-bin help``."""

from .command import Command, commands, load_addon_commands, load_builtin_commands


class Help(Command):
    """Show the commands."""

    def run(self, args):
        """Print the commands with the first line of their descriptions."""
        load_builtin_commands()
        load_addon_commands()
        width = max(map(len, commands))
        print("usage: odoo-bin [COMMAND] [OPTIONS]\n\nCommands:")
        for name, command in sorted(commands.items()):
            summary = (command.__doc__ or "").strip().partition("\n")[0]
            print(f"  {name:<{width}}  {summary}")
        print("\nWithout command the server starts. `odoo-bin COMMAND --help` shows the options of a command.")
