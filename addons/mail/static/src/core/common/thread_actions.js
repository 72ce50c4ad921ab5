import { useComponent, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** What can be done with a conversation, in the head of its window and of the application. */
export const threadActionsRegistry = registry.category("mail.thread/actions");

threadActionsRegistry
    .add("fold-chat-window", {
        condition: ({ props, ui }) => Boolean(props.chatWindow) && !ui.isSmall,
        icon: "fa fa-fw fa-minus",
        name: ({ props }) => (props.chatWindow?.isOpen ? _t("Fold") : _t("Open")),
        open: ({ props }) => props.chatWindow.fold(),
        sequence: 99,
        sequenceQuick: 20,
    })
    .add("close", {
        condition: ({ props }) => Boolean(props.chatWindow),
        icon: "fa fa-fw fa-times",
        name: _t("Close Chat Window"),
        open: (component) => component.close(),
        sequence: 100,
        sequenceQuick: 10,
    });

const valueOf = (given, ...args) => (typeof given === "function" ? given(...args) : given);

/** One action, as the component that offers it sees it. */
function actionOf(component, state, id, entry) {
    return {
        id,
        get name() {
            return String(valueOf(this.isActive ? entry.nameActive || entry.name : entry.name, component));
        },
        get icon() {
            return valueOf(entry.icon, component);
        },
        get condition() {
            return entry.condition(component);
        },
        get sequence() {
            return valueOf(entry.sequence, component) ?? 100;
        },
        get sequenceGroup() {
            return valueOf(entry.sequenceGroup, component);
        },
        get sequenceQuick() {
            return valueOf(entry.sequenceQuick, component);
        },
        get isActive() {
            return state.stack.at(-1) === id;
        },
        component: entry.component,
        get componentProps() {
            return entry.componentProps?.(this, component) || {};
        },
        toggle: entry.toggle,
        open({ keepPrevious = false } = {}) {
            if (entry.toggle) {
                state.stack = keepPrevious ? [...state.stack, id] : [id];
            }
            return entry.open?.(component, this);
        },
        close() {
            state.stack = state.stack.slice(0, -1);
            entry.close?.(component, this);
        },
        onSelect() {
            return entry.toggle && this.isActive ? this.close() : this.open();
        },
    };
}

/** The actions of a component that has a `thread`. */
export function useThreadActions() {
    const component = useComponent();
    const state = useState({ stack: [] });
    const all = threadActionsRegistry.getEntries().map(([id, entry]) => [actionOf(component, state, id, entry), entry]);
    for (const [action, entry] of all) {
        entry.setup?.call(component, action);
    }
    return {
        get actions() {
            const usable = all.map(([action]) => action).filter((action) => action.condition);
            return usable.sort((one, other) => one.sequence - other.sequence);
        },
        get partition() {
            const { actions } = this;
            const quick = actions
                .filter((action) => action.sequenceQuick)
                .sort((one, other) => other.sequenceQuick - one.sequenceQuick);
            const grouped = new Map();
            for (const action of actions) {
                if (action.sequenceGroup) {
                    grouped.set(action.sequenceGroup, [...(grouped.get(action.sequenceGroup) || []), action]);
                }
            }
            const group = [...grouped].sort(([one], [other]) => one - other).map(([, members]) => members);
            const other = actions.filter((action) => !action.sequenceQuick && !action.sequenceGroup);
            return { quick, group, other };
        },
        get activeAction() {
            return this.actions.find((action) => action.isActive);
        },
        get actionStack() {
            return state.stack;
        },
    };
}
