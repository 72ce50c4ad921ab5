import { _t } from "@web/core/l10n/translation";
import { fuzzyLookup } from "@web/core/utils/search";
import { Plugin } from "@html_editor/plugin";
import { withSequence } from "@html_editor/utils/resource";
import { ancestor } from "@html_editor/prose/commands";

/** Everything that can be put into the text, found by `/` and a part of its name. */
export class PowerboxPlugin extends Plugin {
    static id = "powerbox";
    static dependencies = ["prose", "selection", "suggestion", "userCommand"];
    static shared = ["closePowerbox", "getAvailablePowerboxCommands", "openPowerbox"];

    resources = {
        user_commands: [
            {
                id: "openPowerbox",
                title: _t("Insert"),
                icon: "fa-plus",
                run: () => this.openPowerbox(),
            },
        ],
        suggestion_triggers: {
            sign: "/",
            isAvailable: () =>
                !ancestor(this.dependencies.prose.getState(), (node) => node.type.name === "preformatted"),
            getItems: (query) => this.find(query),
        },
        toolbar_groups: withSequence(15, { id: "insert", placement: "fixed" }),
        toolbar_items: { id: "insert", groupId: "insert", commandId: "openPowerbox" },
    };

    openPowerbox() {
        this.dependencies.suggestion.openSuggestions("/");
    }

    closePowerbox() {
        this.dependencies.suggestion.closeSuggestions();
    }

    /** @returns {Object[]} what can be put where the cursor is, by category */
    getAvailablePowerboxCommands() {
        const categories = this.getResource("powerbox_categories");
        const selection = this.dependencies.selection.getEditableSelection();
        const place = (id) => categories.findIndex((category) => category.id === id);
        return this.getResource("powerbox_items")
            .map((item) => ({ ...this.dependencies.userCommand.getCommand(item.commandId), ...item }))
            .filter((item) => item.isAvailable?.(selection) ?? true)
            .sort((a, b) => place(a.categoryId) - place(b.categoryId))
            .map((item) => ({
                title: item.title,
                description: item.description,
                icon: item.icon,
                keywords: item.keywords || [],
                category: categories[place(item.categoryId)]?.name || "",
                run: () => this.dependencies.userCommand.runCommand(item.commandId, item.commandParams),
            }));
    }

    /** @param {string} query @returns {Object[]} */
    find(query) {
        const items = this.getAvailablePowerboxCommands();
        const textOf = ({ title, description = "", category, keywords }) =>
            [title, category, description, ...keywords].join(" ");
        return query ? fuzzyLookup(query, items, textOf).map((item) => ({ ...item, category: "" })) : items;
    }
}
