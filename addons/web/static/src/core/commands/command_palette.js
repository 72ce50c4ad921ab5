import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";
import { useDebounced } from "@web/core/utils/timing";

/** Line of the palette unless the provider brings its own. */
export class DefaultCommandItem extends Component {
    static template = "web.DefaultCommandItem";
    static props = {
        slots: { optional: true },
        name: { optional: true },
        hotkey: { optional: true },
        "*": { optional: true },
    };
}

/** Dialog to find menus and commands by typing. */
export class CommandPalette extends Component {
    static template = "web.CommandPalette";
    static components = { Dialog };
    static props = { config: Object, close: { type: Function, optional: true }, closeMe: { optional: true } };

    setup() {
        this.ui = useService("ui");
        this.activeElement = this.ui.activeElement;
        this.inputRef = useAutofocus();
        this.state = useState({ commands: [], selected: 0, query: this.props.config.searchValue || "" });
        this.searchLater = useDebounced(() => this.search(this.state.query), 100);
        onWillStart(() => this.search(this.props.config.searchValue || ""));
    }

    get providers() {
        return this.props.config.providers || registry.category("command_provider").getAll();
    }

    async search(text) {
        const first = text.slice(0, 1);
        const own = this.providers.filter((provider) => provider.namespace === first);
        const chosen =
            own.length && first
                ? own
                : this.providers.filter(
                      (provider) => (provider.namespace || "default") === "default" || provider.namespace === "/"
                  );
        const pattern = own.length && first ? text.slice(1).trim() : text.trim();
        const lists = await Promise.all(
            chosen.map((provider) =>
                provider.provide(this.env, { searchValue: pattern, activeElement: this.activeElement })
            )
        );
        const commands = lists.flat();
        this.state.commands = (pattern ? fuzzyLookup(pattern, commands, (command) => command.name) : commands).slice(
            0,
            100
        );
        this.state.selected = 0;
    }

    onInput(ev) {
        this.state.query = ev.target.value;
        this.searchLater();
    }

    onKeydown(ev) {
        const { commands, selected } = this.state;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            this.state.selected =
                (selected + (ev.key === "ArrowDown" ? 1 : -1) + commands.length) % Math.max(commands.length, 1);
        } else if (ev.key === "Enter" && commands[selected]) {
            ev.preventDefault();
            this.execute(commands[selected]);
        }
    }

    async execute(command) {
        this.props.close();
        await command.action();
    }
}

registry.category("command_provider").add("command", {
    provide: (env, { activeElement }) =>
        env.services.command
            .getCommands(activeElement)
            .map(({ name, action, category }) => ({ name, action, category })),
});
