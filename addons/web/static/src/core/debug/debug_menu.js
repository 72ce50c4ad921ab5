import { useCommand } from "@web/core/commands/command_hook";
import { useEnvDebugContext } from "@web/core/debug/debug_context";
import { DebugMenuBasic, groupItems } from "@web/core/debug/debug_menu_basic";
import { _t } from "@web/core/l10n/translation";

/** Tools for developers, which are commands of the palette, too. */
export class DebugMenu extends DebugMenuBasic {
    setup() {
        super.setup();
        const debugContext = useEnvDebugContext();
        useCommand(_t("Debug tools..."), () => this.paletteOf(debugContext), { category: "debug", global: true });
    }

    /** @returns {Promise<Object>} configuration of a palette with the tools */
    async paletteOf(debugContext) {
        const groups = groupItems(await debugContext.getItems(this.env));
        const commands = groups.flatMap(({ items, key }) =>
            items
                .filter(({ type }) => type === "item")
                .map(({ callback, description, href }) => ({
                    name: description.toString(),
                    action: callback,
                    category: key,
                    href,
                }))
        );
        const categoryNames = Object.fromEntries(groups.map(({ key, label }) => [key, label]));
        return {
            placeholder: _t("Choose a debug tool..."),
            providers: [{ provide: () => commands }],
            configByNamespace: { default: { categories: groups.map(({ key }) => key), categoryNames } },
        };
    }
}
