import { Component } from "@odoo/owl";
import "@web/core/commands/command_categories";
import { CommandPalette } from "@web/core/commands/command_palette";
import "@web/core/commands/default_providers";
import { registry } from "@web/core/registry";

const providers = registry.category("command_provider");
const setups = registry.category("command_setup");
const categories = registry.category("command_categories");
const DEFAULT_NAMESPACE = "default";

/** Whether a command may be given while `element` is the active one. */
function isReachable({ activeElement, global, isAvailable }, element) {
    return (global || activeElement === element) && (!isAvailable || isAvailable());
}

/** What else can be searched, by the character that stands for it. */
export class DefaultFooter extends Component {
    static template = "web.DefaultFooter";
    static props = { switchNamespace: { type: Function } };

    setup() {
        const named = setups.getEntries().filter(([namespace, { name }]) => namespace !== DEFAULT_NAMESPACE && name);
        this.elements = named.map(([namespace, { name }]) => ({ namespace, name: name.toString() }));
    }
}

/** @returns {Object} what registries say of a namespace: its texts, and its categories in their order */
function configOf(namespace) {
    const own = categories.getEntries().filter(([, { namespace: of = DEFAULT_NAMESPACE }]) => of === namespace);
    return {
        ...setups.get(namespace, {}),
        categories: own.map(([key]) => key),
        categoryNames: Object.fromEntries(own.map(([key, { name }]) => [key, name])),
    };
}

/** @returns {Object} configuration of the palette with all that addons provide */
function mainConfig() {
    const all = providers.getAll();
    const namespaces = new Set(all.map(({ namespace = DEFAULT_NAMESPACE }) => namespace));
    return {
        providers: all,
        configByNamespace: Object.fromEntries([...namespaces].map((name) => [name, configOf(name)])),
        FooterComponent: DefaultFooter,
        searchValue: "",
    };
}

/** Commands, and the palette to find them, opened by Control and K. */
class Commands {
    /** @type {Map<number, Object>} */
    registered = new Map();
    lastToken = 0;
    /** @type {Function|null} */
    closePalette = null;

    constructor({ dialog, hotkey, ui }) {
        this.dialog = dialog;
        this.hotkey = hotkey;
        this.ui = ui;
        this.add = this.add.bind(this);
        this.openMainPalette = this.openMainPalette.bind(this);
        this.openPalette = this.openPalette.bind(this);
    }

    /**
     * @param {string} name
     * @param {() => any} action
     * @param {{activeElement?: HTMLElement, category?: string, global?: boolean, hotkey?: string,
     *   hotkeyOptions?: Object, identifier?: string, isAvailable?: () => boolean}} [options]
     * @returns {() => void} takes it away
     * @throws {Error} it has no name or nothing to do
     */
    add(name, action, options = {}) {
        if (!name || typeof action !== "function") {
            throw new Error(`A command needs a name and an action: ${name}`);
        }
        const { hotkey, hotkeyOptions, isAvailable } = options;
        const command = { name, action, ...options };
        const token = ++this.lastToken;
        this.registered.set(token, command);
        // what asks for it while it is shown becomes the active element after that
        Promise.resolve().then(() => {
            command.activeElement ??= this.ui.activeElement;
        });
        const forget =
            hotkey && this.hotkey.add(hotkey, action, { global: options.global, isAvailable, ...hotkeyOptions });
        return () => {
            this.registered.delete(token);
            forget?.();
        };
    }

    /** @param {Node} element what is active @returns {Object[]} commands that can be given there */
    getCommands(element) {
        return [...this.registered.values()].filter((command) => isReachable(command, element));
    }

    openMainPalette(config = {}, onClose = undefined) {
        return this.openPalette({ ...mainConfig(), ...config }, onClose);
    }

    /** @param {Object} config @param {Function} [onClose] */
    openPalette(config, onClose) {
        this.closePalette?.();
        const options = {
            onClose: () => {
                this.closePalette = null;
                onClose?.();
            },
        };
        const complete = { providers: [], ...config };
        this.closePalette = this.dialog.add(CommandPalette, { config: complete }, options);
    }
}

/** `command.add(name, action, options)`, `command.openMainPalette()`, `command.openPalette(config)`. */
export const commandService = {
    dependencies: ["dialog", "hotkey", "ui"],
    start(env, services) {
        const commands = new Commands(services);
        const open = () => commands.openMainPalette();
        services.hotkey.add("control+k", open, { global: true, bypassEditableProtection: true });
        return commands;
    },
};

registry.category("services").add("command", commandService);
