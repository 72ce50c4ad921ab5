import { Component } from "@odoo/owl";
import { isMacOS } from "@web/core/browser/feature_detection";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getVisibleElements } from "@web/core/utils/ui";

const MAC_KEYS = { alt: "Ctrl", control: "⌘" };
const providers = registry.category("command_provider");

/** Line of the palette with the keys of its command, which work there, too. */
export class HotkeyCommandItem extends Component {
    static template = "web.HotkeyCommandItem";
    static props = {
        slots: { type: Object, optional: true },
        hotkey: String,
        hotkeyOptions: { type: Object, optional: true },
        name: { type: String, optional: true },
        searchValue: { type: String, optional: true },
        executeCommand: { type: Function, optional: true },
    };

    setup() {
        const { executeCommand, hotkey } = this.props;
        if (executeCommand) {
            useHotkey(hotkey, () => executeCommand(), { bypassEditableProtection: true });
        }
    }

    get keys() {
        const names = isMacOS() ? MAC_KEYS : {};
        return this.props.hotkey.split("+").map((key) => names[key] || key.toUpperCase());
    }
}

function withHotkey(command, hotkey) {
    return hotkey ? { ...command, Component: HotkeyCommandItem, props: { hotkey } } : command;
}

/** Commands of what is shown. */
providers.add("command", {
    provide: (env, { activeElement }) =>
        env.services.command
            .getCommands(activeElement)
            .map(({ action, category, hotkey, name }) => withHotkey({ name, action, category }, hotkey)),
});

/** What a person calls an element. */
function nameOf(el) {
    const { ariaLabel, dataset, innerText, placeholder, title } = el;
    const words = [innerText, title, dataset.tooltip, ariaLabel, placeholder].find((text) => text?.trim());
    return words ? words.trim().replaceAll(/\s+/g, " ") : "";
}

/** Do what a click does, or put the cursor where one writes. */
function use(el) {
    el.focus();
    if (!el.matches("input:not([type=checkbox], [type=radio]), textarea")) {
        el.click();
    }
}

/** Elements that a shortcut clicks; they may say `data-command-category`, of which "disabled" hides them. */
providers.add("data-hotkeys", {
    provide(env, { activeElement }) {
        const found = getVisibleElements(activeElement, "[data-hotkey]:not(:disabled)").map((el) => ({
            el,
            category: el.closest("[data-command-category]")?.dataset.commandCategory,
            name: nameOf(el),
        }));
        return found
            .filter(({ category, name }) => name && category !== "disabled")
            .map(({ category, el, name }) => {
                const command = { category, name, action: () => use(el) };
                return withHotkey(command, `alt+${el.dataset.hotkey}`);
            });
    },
});

registry.category("command_setup").add("default", {
    emptyMessage: _t("No result found"),
    placeholder: _t("Search for a menu, a record or a command..."),
});
