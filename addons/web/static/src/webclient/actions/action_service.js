import { registry } from "@web/core/registry";
import { ActionManager } from "@web/webclient/actions/action_manager";

export { ControllerNotFoundError } from "@web/webclient/actions/action_manager";
export { clearUncommittedChanges } from "@web/webclient/actions/leaving";
export { InvalidActionError as InvalidButtonParamsError } from "@web/webclient/actions/action_requests";

const optional = (type) => ({ type, optional: true });

/** Props of client actions. */
export const standardActionServiceProps = {
    action: Object,
    actionId: optional(Number),
    className: optional(String),
    globalState: optional(Object),
    state: optional(Object),
    resId: optional([Number, Boolean]),
    updateActionState: optional(Function),
};

/** Creates the object behind the "action" service. */
export function makeActionManager(env) {
    const manager = new ActionManager(env);
    return {
        doAction: (actionRequest, options) => manager.doAction(actionRequest, options),
        doActionButton: (params, options) => manager.doActionButton(params, options),
        loadAction: (actionRequest, context) => manager.loadAction(actionRequest, context),
        loadState: (options) => manager.addresses.load(options),
        restore: (jsId) => manager.restore(jsId),
        switchView: (viewType, props) => manager.switchView(viewType, props),
        get currentController() {
            return manager.stack.current;
        },
        get currentAction() {
            return manager.stack.current?.action;
        },
    };
}

export const actionService = {
    dependencies: ["dialog", "effect", "localization", "notification", "title", "ui", "router"],
    async: ["loadAction"],
    start(env) {
        return makeActionManager(env);
    },
};

registry.category("services").add("action", actionService);
