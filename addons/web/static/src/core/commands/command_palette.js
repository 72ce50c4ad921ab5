import { Component, onWillDestroy, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { isMacOS } from "@web/core/browser/feature_detection";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";
import { escapeRegExp } from "@web/core/utils/strings";
import { debounce } from "@web/core/utils/timing";

const DEFAULT_NAMESPACE = "default";
const DEFAULT_PLACEHOLDER = _t("Search for a command...");
const DEFAULT_EMPTY_MESSAGE = _t("No result found");
const MAX_COMMANDS = 100;

let lastSession = 0;

/**
 * @typedef {Object} Command
 * @property {string} name
 * @property {() => any} action what it answers as a configuration is shown in a palette of its own
 * @property {string} [category]
 * @property {string} [href] where Control and Enter lead to, in another window
 * @property {string} [className]
 * @property {typeof Component} [Component] shows the command
 * @property {Object} [props] of the component
 */

/**
 * Cut a name at what was searched for.
 *
 * @param {string} name
 * @param {string} searchValue
 * @returns {string[]} parts; every second one is what was searched for
 */
export function splitCommandName(name, searchValue) {
    if (!name || !searchValue) {
        return name ? [name] : [];
    }
    return name.split(new RegExp(`(${escapeRegExp(searchValue)})`, "i"));
}

/** Line of the palette unless the command brings its own. */
export class DefaultCommandItem extends Component {
    static template = "web.DefaultCommandItem";
    static props = {
        slots: { type: Object, optional: true },
        hotkey: { type: String, optional: true },
        hotkeyOptions: { type: String, optional: true },
        name: { type: String, optional: true },
        searchValue: { type: String, optional: true },
        executeCommand: { type: Function, optional: true },
    };
}

/** Commands by category, in the order of the categories; a command of no known one is in "default". */
function groupCommands(commands, { categories = [], categoryNames = {} }) {
    const groups = new Map(categories.map((key) => [key, []]));
    for (const command of commands) {
        const key = groups.has(command.category) ? command.category : DEFAULT_NAMESPACE;
        groups.set(key, [...(groups.get(key) || []), command]);
    }
    let index = 0;
    const filled = [...groups].filter(([, own]) => own.length);
    return filled.map(([key, own]) => ({
        key,
        name: categoryNames[key]?.toString() || "",
        entries: own.map((command) => ({ command, index: index++ })),
    }));
}

/**
 * Dialog to find commands by typing.
 *
 * The configuration has `providers`, each with `provide(env, options)` and maybe a `namespace`, and for each namespace
 * in `configByNamespace`: `categories`, `categoryNames`, `emptyMessage`, `placeholder`, `debounceDelay`.
 */
export class CommandPalette extends Component {
    static template = "web.CommandPalette";
    static components = { Dialog };
    static DefaultItem = DefaultCommandItem;
    static props = {
        bus: { type: EventTarget, optional: true },
        close: Function,
        closeMe: { type: Function, optional: true },
        config: Object,
    };

    setup() {
        this.ui = useService("ui");
        // what the palette lies over, be it opened anew from itself
        this.activeElement = this.props.config.activeElement || this.ui.activeElement;
        this.sessionId = lastSession++;
        this.keepLast = new KeepLast();
        /** @type {AbortController|null} */
        this.search = null;
        this.inputRef = useAutofocus();
        this.listRef = useRef("listbox");
        this.isMac = isMacOS();
        this.state = useState({ namespace: DEFAULT_NAMESPACE, searchValue: "", groups: [], selected: 0, failed: "" });
        this.providers = this.providersByNamespace();
        onWillStart(() => this.find(this.takeNamespace(this.props.config.searchValue || "")));
        onWillDestroy(() => this.forgetSearch());
        useEffect(
            () => {
                this.listRef.el?.querySelector(".o_command.focused")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.selected]
        );
    }

    providersByNamespace() {
        const found = new Map();
        for (const provider of this.props.config.providers) {
            const { namespace = DEFAULT_NAMESPACE } = provider;
            found.set(namespace, [...(found.get(namespace) || []), provider]);
        }
        return found;
    }

    // ------------------------------------------------------------------ what is shown

    get settings() {
        return this.props.config.configByNamespace?.[this.state.namespace] || {};
    }

    get placeholder() {
        return (this.settings.placeholder || this.props.config.placeholder || DEFAULT_PLACEHOLDER).toString();
    }

    get emptyMessage() {
        const { emptyMessage } = this.settings;
        const text = typeof emptyMessage === "function" ? emptyMessage(this.state.searchValue) : emptyMessage;
        return (this.state.failed || text || this.props.config.emptyMessage || DEFAULT_EMPTY_MESSAGE).toString();
    }

    get commands() {
        return this.state.groups.flatMap(({ entries }) => entries.map(({ command }) => command));
    }

    get namespaceLabel() {
        return this.state.namespace === DEFAULT_NAMESPACE ? "" : this.state.namespace;
    }

    parts(command) {
        return splitCommandName(command.name.toString(), this.state.searchValue.trim());
    }

    // ------------------------------------------------------------------ searching

    /** The first character may name what is searched in. @param {string} text @returns {string} what is left */
    takeNamespace(text) {
        const [first] = text;
        const isNamespace = this.state.namespace === DEFAULT_NAMESPACE && first && this.providers.has(first);
        if (isNamespace) {
            this.state.namespace = first;
        }
        return isNamespace ? text.slice(1) : text;
    }

    forgetSearch() {
        this.findLater?.cancel();
        this.search?.abort();
    }

    /** Look now. @param {string} searchValue */
    async find(searchValue) {
        this.forgetSearch();
        const search = new AbortController();
        Object.assign(this, { search });
        this.state.searchValue = searchValue;
        const { namespace } = this.state;
        const options = {
            searchValue: searchValue.trim(),
            activeElement: this.activeElement,
            sessionId: this.sessionId,
            signal: search.signal,
        };
        const asked = (this.providers.get(namespace) || []).map((provider) => provider.provide(this.env, options));
        const answers = await this.keepLast.add(Promise.allSettled(asked));
        const failures = answers.filter(({ status }) => status === "rejected");
        this.show(
            answers.flatMap(({ value = [] }) => value),
            options.searchValue
        );
        this.state.failed = failures.length ? _t("What was searched for could not be looked up.").toString() : "";
        // the others are shown all the same
        failures.forEach(({ reason }) => Promise.reject(reason));
    }

    show(commands, searchValue) {
        const { namespace } = this.state;
        const isFiltered = namespace === DEFAULT_NAMESPACE && searchValue;
        const found = isFiltered ? fuzzyLookup(searchValue, commands, ({ name }) => name.toString()) : commands;
        this.state.groups = groupCommands(found.slice(0, MAX_COMMANDS), this.settings);
        this.state.selected = 0;
    }

    // ------------------------------------------------------------------ keyboard and mouse

    onInput({ target }) {
        const text = this.takeNamespace(target.value);
        // what is written stays as it is when the page is drawn
        target.value = text;
        this.state.searchValue = text;
        this.forgetSearch();
        this.findLater = debounce(() => this.find(text), this.settings.debounceDelay || 0);
        return this.settings.debounceDelay ? this.findLater() : this.find(text);
    }

    onKeydown(ev) {
        const handlers = {
            ArrowDown: () => this.move(1),
            ArrowUp: () => this.move(-1),
            Home: () => ev.ctrlKey && this.select(0),
            End: () => ev.ctrlKey && this.select(this.commands.length - 1),
            Enter: () => this.onEnter(ev),
            Backspace: () => this.leaveNamespace(ev.target),
        };
        if (!ev.isComposing && handlers[ev.key]?.()) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    select(index) {
        this.state.selected = index;
        return true;
    }

    move(step) {
        const { length } = this.commands;
        return length > 0 && this.select((this.state.selected + step + length) % length);
    }

    onEnter({ ctrlKey, metaKey }) {
        const command = this.commands[this.state.selected];
        if (command) {
            this.execute(command, ctrlKey || metaKey);
        }
        return true;
    }

    /** Search in a part of what there is. @param {string} namespace */
    switchNamespace(namespace) {
        this.state.namespace = namespace;
        const input = /** @type {HTMLInputElement} */ (this.inputRef.el);
        input.value = "";
        input.focus();
        return this.find("");
    }

    /** Search in everything again. */
    leaveNamespace(input) {
        if (input.value || this.state.namespace === DEFAULT_NAMESPACE) {
            return false;
        }
        this.switchNamespace(DEFAULT_NAMESPACE);
        return true;
    }

    onClickCommand(ev, command) {
        ev.preventDefault();
        this.execute(command, ev.ctrlKey || ev.metaKey);
    }

    /** Close, then do what the command stands for. @param {Command} command @param {boolean} [inWindow] */
    async execute(command, inWindow = false) {
        await this.props.close();
        if (inWindow && command.href) {
            browser.open(command.href, "_blank");
            return;
        }
        const config = await command.action();
        if (config?.providers) {
            this.env.services.command.openPalette({ activeElement: this.activeElement, ...config });
        }
    }
}
