import { CommandPalette } from "@web/core/commands/command_palette";
import { registry } from "@web/core/registry";

/** Whether a command may be given while `element` is the active one. */
function isReachable({ global, activeElement }, element) {
    return global || activeElement === element;
}

/** Ctrl+K palette: `command.add(name, action, options)`, `command.openMainPalette()`. */
export const commandService = {
    dependencies: ["dialog", "hotkey", "ui"],
    start(env, { dialog, hotkey, ui }) {
        const commands = new Map();
        let nextToken = 0;
        let close = null;

        const openPalette = (config = {}, onClose) => {
            close?.();
            close = dialog.add(
                CommandPalette,
                { config },
                {
                    onClose: () => {
                        close = null;
                        onClose?.();
                    },
                }
            );
        };
        const openMainPalette = (config = {}, onClose) => openPalette({ searchValue: "", ...config }, onClose);
        hotkey.add("control+k", () => openMainPalette(), { global: true, bypassEditableProtection: true });

        return {
            add(name, action, options = {}) {
                const token = nextToken++;
                const command = { name, action, activeElement: ui.activeElement, ...options };
                commands.set(token, command);
                const forget = options.hotkey ? hotkey.add(options.hotkey, action, options.hotkeyOptions) : () => {};
                return () => {
                    commands.delete(token);
                    forget();
                };
            },
            getCommands: (element) => [...commands.values()].filter((command) => isReachable(command, element)),
            openMainPalette,
            openPalette,
        };
    },
};

registry.category("services").add("command", commandService);
