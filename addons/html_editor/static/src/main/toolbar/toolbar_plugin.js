import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";

/** Milliseconds until what was selected by keys has its toolbar. */
const DELAY = 300;

/** What the toolbar shows, and when. It is drawn by the component around the editor. */
export class ToolbarPlugin extends Plugin {
    static id = "toolbar";
    static dependencies = ["prose", "selection", "userCommand"];
    static shared = ["focusToolbar", "getToolbarInfo"];

    resources = {
        user_commands: [{ id: "focusToolbar", title: _t("Go to the toolbar"), run: () => this.focusToolbar() }],
        prose_selection_handlers: () => this.changed(),
    };

    setup() {
        this.state = reactive({ version: 0, isOpen: false, isForced: false });
        this.root = null;
        this.isPointerDown = false;
        this.info = {
            state: this.state,
            getGroups: () => this.groups(),
            run: (item) => this.run(item),
            focusEditor: () => this.close(),
        };
        this.addDomListener(this.editable, "pointerdown", () => (this.isPointerDown = true));
        this.addDomListener(this.document, "pointerup", () => {
            this.isPointerDown = false;
            this.follow(0);
        });
        this.addDomListener(this.editable, "focus", () => this.follow(DELAY));
        this.addDomListener(this.editable, "keydown", (ev) => this.onKeydown(ev));
        this.cleanups.push(() => clearTimeout(this.timer));
    }

    onKeydown(ev) {
        if (ev.altKey && ev.key === "F10") {
            ev.preventDefault();
            this.focusToolbar();
        } else if (ev.key === "Escape" && this.state.isOpen) {
            ev.stopPropagation();
            this.close();
        }
    }

    /** @returns {Object} `{state, getGroups, run}` for who draws the toolbar */
    getToolbarInfo() {
        return this.info;
    }

    close() {
        this.state.isForced = false;
        this.state.isOpen = false;
        this.dependencies.prose.getView().focus();
        clearTimeout(this.timer);
        // it comes back with another selection
        this.dismissed = this.dependencies.prose.getState().selection;
    }

    /** By the keyboard: Alt+F10 goes there, Escape back. */
    focusToolbar() {
        this.state.isForced = true;
        this.state.isOpen = true;
        const wait = () => {
            const button = this.root?.isConnected && this.root.querySelector("button:not(:disabled)");
            if (button) {
                button.focus();
            } else if (!this.isDestroyed) {
                requestAnimationFrame(wait);
            }
        };
        wait();
    }

    changed() {
        this.state.version++;
        if (!this.isPointerDown) {
            this.state.isForced = false;
            this.follow(DELAY);
        }
    }

    /** Show the toolbar where something is selected. */
    follow(delay) {
        clearTimeout(this.timer);
        const { selection } = this.dependencies.prose.getState();
        if (selection.empty || this.dismissed?.eq(selection)) {
            this.state.isOpen = this.state.isForced;
            return;
        }
        const show = () => {
            const view = this.dependencies.prose.getView();
            this.state.isOpen = view.hasFocus() || Boolean(this.root?.contains(this.document.activeElement));
        };
        if (delay && !this.state.isOpen) {
            this.timer = setTimeout(show, delay);
        } else {
            show();
        }
    }

    run(item) {
        this.dependencies.userCommand.runCommand(item.commandId, item.commandParams);
        this.state.version++;
    }

    /** Groups of the kind of thing that is selected, with what can be done now. */
    groups() {
        const nodes = this.dependencies.selection.getTraversedNodes();
        const selection = this.dependencies.selection.getEditableSelection();
        const spaces = this.getResource("toolbar_namespaces");
        const space = spaces.find(({ isApplied }) => isApplied(nodes))?.id;
        const groups = this.getResource("toolbar_groups").filter(
            (group) => (group.namespace === space || (!group.namespace && !space)) && this.isPlacedHere(group)
        );
        return groups
            .map((group) => ({ id: group.id, items: this.items(group.id, selection, nodes) }))
            .filter(({ items }) => items.length);
    }

    /** Some buttons are shown where the toolbar stays. */
    isPlacedHere({ placement }) {
        return placement !== "fixed" || Boolean(this.info.isFixed);
    }

    items(groupId, selection, nodes) {
        return this.getResource("toolbar_items")
            .filter((item) => item.groupId === groupId)
            .map((item) =>
                item.commandId ? { ...this.dependencies.userCommand.getCommand(item.commandId), ...item } : item
            )
            .filter((item) => item.isAvailable?.(selection) ?? true)
            .map((item) => ({
                ...item,
                active: Boolean(item.isActive?.(selection, nodes)),
                disabled: Boolean(item.isDisabled?.(selection, nodes)),
            }));
    }
}
