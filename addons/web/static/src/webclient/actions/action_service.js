import { Component, onError, onMounted, onWillUnmount, reactive, status, useChildSubEnv, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { makeContext } from "@web/core/context";
import { _t } from "@web/core/l10n/translation";
import { rpc, rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_methods";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { Deferred, KeepLast } from "@web/core/utils/concurrency";
import { View, ViewNotFoundError } from "@web/views/view";
import { CallbackRecorder } from "@web/views/view_hook";
import { ActionDialog } from "@web/webclient/actions/action_dialog";
import {
    ActionLoader,
    CTX_KEY_REGEX,
    InvalidActionError,
    preprocessAction,
} from "@web/webclient/actions/action_requests";
import { pushStack, rememberedAction } from "@web/webclient/actions/action_url";
import { callButton } from "@web/webclient/actions/button_request";
import { executeReport } from "@web/webclient/actions/report_action";
import { openUrl } from "@web/webclient/actions/url_action";

const actionRegistry = registry.category("actions");
const viewRegistry = registry.category("views");
const handlersRegistry = registry.category("action_handlers");
const DIALOG_SIZES = { "extra-large": "xl", large: "lg", medium: "md", small: "sm" };

/** Raised when the form of a controller is asked for that has none. */
export class ControllerNotFoundError extends Error {}

export { InvalidActionError as InvalidButtonParamsError };

/** Props of client actions. */
export const standardActionServiceProps = {
    action: Object,
    actionId: { type: Number, optional: true },
    className: { type: String, optional: true },
    globalState: { type: Object, optional: true },
    state: { type: Object, optional: true },
    resId: { type: [Number, Boolean], optional: true },
    updateActionState: { type: Function, optional: true },
};

class BlankComponent extends Component {
    static template = xml`<div class="o_blank_action flex-grow-1"/>`;
    static props = ["*"];
}

/** Creates the object behind the "action" service. */
export function makeActionManager(env) {
    const loader = new ActionLoader();
    const keepLast = new KeepLast();
    let nextId = 0;
    let controllerStack = [];
    let dialogs = [];

    env.bus.addEventListener("CLEAR-CACHES", () => loader.clear());
    rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
        const { model, method } = detail.data.params;
        if (model === "ir.actions.act_window" && UPDATE_METHODS.includes(method)) {
            loader.clear();
        }
    });

    // ------------------------------------------------------------------ stack

    const currentController = () => controllerStack.at(-1) || null;

    const breadcrumbsOf = (stack) =>
        stack
            .filter((controller) => controller.action.tag !== "home")
            .map((controller) => ({
                jsId: controller.jsId,
                get name() {
                    return controller.displayName;
                },
                get isFormView() {
                    return controller.view?.type === "form";
                },
                get url() {
                    return router.stateToUrl({
                        actionStack: stack.slice(0, stack.indexOf(controller) + 1).map((item) => item.urlEntry || {}),
                    });
                },
                onSelected() {
                    restore(controller.jsId);
                },
            }));

    const collectState = (controller) => {
        if (!controller?.isMounted) {
            return;
        }
        const { recorders } = controller;
        controller.globalState = Object.assign(
            {},
            ...recorders.__getGlobalState__.callbacks.map((callback) => callback())
        );
        controller.exportedState = Object.assign(
            {},
            ...recorders.__getLocalState__.callbacks.map((callback) => callback())
        );
    };

    const mayLeave = async (options = {}) => {
        const controller = currentController();
        const callbacks = controller?.recorders?.__beforeLeave__.callbacks || [];
        const answers = await Promise.all(callbacks.map((callback) => callback(options)));
        return !answers.includes(false);
    };

    const stackIndex = ({ clearBreadcrumbs, stackPosition, index }) => {
        if (index !== undefined) {
            return index;
        }
        if (clearBreadcrumbs) {
            return 0;
        }
        if (stackPosition === "replaceCurrentAction") {
            return controllerStack.findIndex((item) => item.action.jsId === currentController()?.action.jsId);
        }
        if (stackPosition === "replacePreviousAction") {
            const previous = controllerStack.at(-2);
            return Math.max(
                0,
                controllerStack.findIndex((item) => item.action.jsId === previous?.action.jsId)
            );
        }
        return controllerStack.filter((item) => item.action.tag !== "home").length;
    };

    // ------------------------------------------------------------------ showing a controller

    const makeRecorders = () =>
        Object.fromEntries(
            ["__beforeLeave__", "__getGlobalState__", "__getLocalState__", "__getContext__", "__getOrderBy__"].map(
                (key) => [key, new CallbackRecorder()]
            )
        );

    const makeConfig = (controller, stack) => {
        const breadcrumbs = reactive(breadcrumbsOf(stack));
        return {
            actionId: controller.action.id || false,
            actionName: controller.action.name,
            actionType: controller.action.type,
            actionXmlId: controller.action.xml_id,
            breadcrumbs,
            views: controller.views,
            viewSwitcherEntries: viewSwitcherEntries(controller),
            getDisplayName: () => controller.displayName || controller.action.display_name || "",
            setDisplayName: (displayName) => {
                controller.displayName = displayName;
                const own = breadcrumbs.at(-1);
                if (own && own.jsId === controller.jsId && controller.shownName !== displayName) {
                    controller.shownName = displayName;
                    breadcrumbs.splice(-1, 1, breadcrumbsOf(stack).at(-1));
                }
                if (controller === currentController()) {
                    env.services.title.setParts({ action: String(displayName || "") || null });
                }
            },
            historyBack: () => {
                const previous = controllerStack.at(-2);
                if (controller.inDialog) {
                    closeDialog();
                } else if (previous && previous.action.tag !== "home") {
                    restore(previous.jsId);
                } else {
                    env.bus.trigger("WEBCLIENT:LOAD_DEFAULT_APP");
                }
            },
            setEmbeddedActions: () => {},
            setCurrentEmbeddedAction: () => {},
            currentEmbeddedActionId: false,
            embeddedActions: controller.action.embedded_action_ids || [],
        };
    };

    const viewSwitcherEntries = (controller) => {
        if (!controller.view?.multiRecord) {
            return [];
        }
        return (controller.views || [])
            .map(([, type]) => ({ type, descr: viewRegistry.get(type, null) }))
            .filter(({ descr }) => descr?.multiRecord)
            .map(({ type, descr }) => ({
                type,
                icon: descr.icon,
                name: descr.display_name,
                active: type === controller.view.type,
                accessKey: descr.accessKey,
            }));
    };

    const show = async (controller, options = {}) => {
        const index = stackIndex(options);
        const isForced = Boolean(options.forceLeave);
        if (!options.skipLeave && !(await mayLeave({ forceLeave: isForced }))) {
            return false;
        }
        collectState(currentController());
        const nextStack = [...controllerStack.slice(0, Math.max(0, index)), controller];
        const mounted = new Deferred();
        controller.recorders = makeRecorders();
        controller.config = makeConfig(controller, nextStack);

        class ControllerComponent extends Component {
            static template = xml`<t t-component="Component" t-props="componentProps"/>`;
            static props = { "*": true };

            setup() {
                this.Component = controller.Component;
                useChildSubEnv({ config: controller.config, ...controller.recorders, inActionManager: true });
                onMounted(() => this.afterMount());
                onWillUnmount(() => {
                    controller.isMounted = false;
                });
                onError((error) => this.onFailure(error));
            }

            get componentProps() {
                return { ...this.props };
            }

            onFailure(error) {
                if (controller.isMounted) {
                    Promise.reject(error);
                    return;
                }
                mounted.reject(error);
                const last = currentController();
                // places of the address that nobody went to have never been shown
                if (last?.updateInfo && last !== controller && status(this) !== "mounted") {
                    // what was shown before stays in place
                    env.bus.trigger("ACTION_MANAGER:UPDATE", last.updateInfo);
                } else {
                    env.bus.trigger("ACTION_MANAGER:UPDATE", {
                        id: ++nextId,
                        Component: BlankComponent,
                        componentProps: {},
                    });
                }
            }

            afterMount() {
                const isFirst = !controllerStack.length;
                controllerStack = nextStack;
                controller.isMounted = true;
                env.services.dialog.closeAll({ noReload: true });
                dialogs = [];
                env.services.title.setParts({
                    action:
                        String(
                            controller.displayName || controller.action.display_name || controller.action.name || ""
                        ) || null,
                });
                controllerStack.forEach((item) => {
                    item.urlEntry ||= item.virtualEntry;
                });
                writeUrl(controller, { replace: isFirst || options.isPopState });
                mounted.resolve(true);
                env.bus.trigger("ACTION_MANAGER:UI-UPDATED", "current");
            }
        }

        const id = ++nextId;
        controller.updateInfo = {
            id,
            Component: ControllerComponent,
            componentProps: {
                ...controller.props,
                state: controller.exportedState,
                globalState: controller.globalState,
            },
        };
        options.onActionReady?.(controller.action);
        env.bus.trigger("ACTION_MANAGER:UPDATE", controller.updateInfo);
        return mounted;
    };

    const writeUrl = (controller, { replace } = {}) => {
        pushStack(controllerStack, { replace });
        const entries = router.current.actionStack || [];
        controllerStack.forEach((item, position) => {
            item.urlEntry = entries[position];
        });
    };

    // ------------------------------------------------------------------ act_window

    const makeViewController = (action, viewType, props = {}) => {
        const view = viewRegistry.get(viewType);
        const controller = {
            jsId: `controller_${++nextId}`,
            action,
            view: { ...view, type: viewType },
            views: action.views,
            displayName: action.display_name || action.name || "",
            Component: View,
            currentState: {},
        };
        const target = action.target;
        const viewProps = {
            resModel: action.res_model,
            type: viewType,
            context: action.context,
            domain: action.domain || [],
            groupBy: [].concat(action.context.group_by || []),
            views: action.views,
            loadActionMenus: target !== "new" && target !== "inline",
            loadIrFilters: action.views.some(([, type]) => type !== "form") && target !== "inline",
            noContentHelp: action.help || undefined,
            limit: action.limit,
            searchViewId: undefined,
            display: { mode: target === "new" ? "inDialog" : target },
            updateActionState: (patch) => {
                Object.assign(controller.currentState, patch);
                if (controller === currentController() && controller.isMounted) {
                    writeUrl(controller, { replace: true });
                }
            },
            createRecord: async () => {
                if (action.views.some(([, type]) => type === "form")) {
                    await switchView("form", { resId: false });
                }
            },
            selectRecord: async (resId, { activeIds, mode } = {}) => {
                if (action.views.some(([, type]) => type === "form")) {
                    await switchView("form", { mode, resId, resIds: activeIds });
                }
            },
            ...props,
        };
        if (viewType === "form") {
            Object.assign(viewProps, formProps(action, props));
            delete viewProps.groupBy;
        } else {
            viewProps.searchViewId = (action.search_view_id && action.search_view_id[0]) || false;
        }
        if (target === "new" || target === "inline") {
            viewProps.display = {
                ...viewProps.display,
                controlPanel: target === "new" ? false : viewProps.display.controlPanel,
                searchPanel: false,
            };
        }
        controller.props = viewProps;
        return controller;
    };

    const formProps = (action, props) => {
        const result = {};
        const resId = "resId" in props ? props.resId : action.res_id || false;
        result.resId = resId === "new" ? false : resId;
        result.resIds = props.resIds || (result.resId ? [result.resId] : []);
        if (props.mode || action.flags?.mode) {
            result.mode = props.mode || action.flags.mode;
        }
        if (action.target === "new") {
            result.onSave = (record, params) => params?.closable && closeDialog({ resId: record.resId });
            result.onDiscard = () => closeDialog({ dismiss: true });
        }
        return result;
    };

    const executeWindowAction = (action, options) => {
        const known = action.views.filter(([, type]) => viewRegistry.contains(type));
        if (!known.length) {
            const names = action.views.map(([, type]) => type).join(", ");
            throw new ViewNotFoundError(
                _t("No view can be shown for this action (asked for: %s)", names || "none").toString()
            );
        }
        let type = options.viewType && known.some(([, name]) => name === options.viewType) ? options.viewType : null;
        type ||=
            env.isSmall && action.mobile_view_mode && known.some(([, name]) => name === action.mobile_view_mode)
                ? action.mobile_view_mode
                : null;
        type ||=
            env.isSmall && known.length > 1 && known[0][1] === "list" && known.some(([, name]) => name === "kanban")
                ? "kanban"
                : known[0][1];
        const controller = makeViewController(action, type, options.props);
        if (action.target === "new") {
            return openDialog(controller, options);
        }
        const stackOptions = { ...options };
        if (action.target === "main") {
            stackOptions.clearBreadcrumbs = true;
        }
        return show(controller, stackOptions);
    };

    // ------------------------------------------------------------------ dialogs

    const openDialog = (controller, options) => {
        const { action } = controller;
        controller.inDialog = true;
        controller.recorders = makeRecorders();
        controller.config = makeConfig(controller, [controller]);
        const previous = dialogs.pop();
        previous?.remove({ replaced: true });
        const onClose = previous?.onClose || options.onClose;
        const entry = { onClose, controller };
        dialogs.push(entry);
        const mounted = new Deferred();
        entry.remove = env.services.dialog.add(
            ActionDialog,
            {
                ActionComponent: controller.Component,
                actionProps: { ...controller.props, ...(controller.view ? { className: "" } : {}) },
                actionType: action.type,
                title: action.name || action.display_name || "",
                size: DIALOG_SIZES[action.context?.dialog_size] || "lg",
                withBodyPadding: false,
                subEnv: { config: controller.config, ...controller.recorders },
                onMounted: () => mounted.resolve(true),
                onError: (error) => mounted.reject(error),
                footer: action.context?.footer,
            },
            {
                onClose: (params) => {
                    const position = dialogs.indexOf(entry);
                    if (position >= 0) {
                        dialogs.splice(position, 1);
                    }
                    if (!params?.replaced && !params?.noReload) {
                        return entry.onClose?.(params?.infos || params);
                    }
                },
            }
        );
        return mounted;
    };

    const closeDialog = (infos) => {
        const entry = dialogs.at(-1);
        entry?.remove({ infos });
        return Boolean(entry);
    };

    // ------------------------------------------------------------------ other actions

    const executeClientAction = async (action, options) => {
        const clientAction = actionRegistry.get(action.tag, null);
        if (!clientAction) {
            throw new InvalidActionError(_t('The client action "%s" is unknown', action.tag).toString());
        }
        if (!(clientAction.prototype instanceof Component)) {
            const next = await clientAction(env, action, options);
            return next ? doAction(next, options) : undefined;
        }
        if (clientAction.path) {
            action.path ??= clientAction.path;
        }
        action.target = action.target === "main" || !action.target ? "current" : action.target;
        const controller = {
            jsId: `controller_${++nextId}`,
            action,
            Component: clientAction,
            currentState: {},
            displayName: action.display_name || action.name || clientAction.displayName?.toString() || "",
        };
        controller.props = {
            ...options.props,
            action,
            actionId: action.id,
            updateActionState: (patch) => Object.assign(controller.currentState, patch),
        };
        return action.target === "new" ? openDialog(controller, options) : show(controller, options);
    };

    const executeUrlAction = async (action, options) => {
        const hasLeft = openUrl(env, action);
        if (action.close && !hasLeft) {
            return doAction({ type: "ir.actions.act_window_close" }, { onClose: options.onClose });
        }
        return hasLeft ? undefined : options.onClose?.();
    };

    const executeServerAction = async (action, options) => {
        const next = await rpc("/web/action/run", {
            action_id: action.id,
            context: makeContext([user.context, action.context]),
        });
        return doAction(next || { type: "ir.actions.act_window_close" }, { ...options, additionalContext: undefined });
    };

    const executeClose = async (action, options) => {
        if (action.effect) {
            env.services.effect.add(action.effect);
        }
        if (dialogs.length) {
            closeDialog(action.infos || {});
        } else {
            await options.onClose?.(action.infos);
        }
    };

    // ------------------------------------------------------------------ public

    /**
     * Run an action.
     *
     * @param {number|string|Object} actionRequest id, external id, path, tag or description
     * @param {{additionalContext?: Object, clearBreadcrumbs?: boolean, onClose?: Function, props?: Object,
     *   stackPosition?: string, viewType?: string, newWindow?: boolean}} [options]
     */
    async function doAction(actionRequest, options = {}) {
        const source = await keepLast.add(loader.load(actionRequest, options.additionalContext));
        const action = preprocessAction(source, options.additionalContext);
        action.jsId = `action_${++nextId}`;
        switch (action.type) {
            case "ir.actions.act_url":
                return executeUrlAction(action, options);
            case "ir.actions.act_window":
                if (options.newWindow) {
                    return openInWindow(action, options);
                }
                return executeWindowAction(action, options);
            case "ir.actions.act_window_close":
                return executeClose(action, options);
            case "ir.actions.client":
                return executeClientAction(action, options);
            case "ir.actions.server":
                return executeServerAction(action, options);
            case "ir.actions.report":
                await executeReport(env, action, options);
                return action.close_on_report_download
                    ? doAction({ type: "ir.actions.act_window_close" }, { onClose: options.onClose })
                    : options.onClose?.();
        }
        const handler = handlersRegistry.get(action.type, null);
        if (!handler) {
            throw new InvalidActionError(`The action service cannot run actions of the type "${action.type}"`);
        }
        return handler({ env, action, options });
    }

    const openInWindow = (action, options) => {
        const entry = {
            action: action.path || action.id,
            model: action.id ? undefined : action.res_model,
            resId: options.props?.resId || action.res_id || undefined,
        };
        browser.open(router.stateToUrl({ actionStack: [entry] }), "_blank");
    };

    /** Run what a button of a view stands for. */
    async function doActionButton(params, { newWindow } = {}) {
        let action;
        const context = makeContext([params.context, params.buttonContext]);
        const blockUi = params["block-ui"] && params["block-ui"] !== "0";
        if (blockUi) {
            env.services.ui.block();
        }
        try {
            if (params.special) {
                action = {
                    type: "ir.actions.act_window_close",
                    infos: { special: true, dismiss: params.special === "cancel" },
                };
            } else if (params.type === "object") {
                action = await keepLast.add(callButton(params, context));
            } else if (params.type === "action") {
                const activeContext = {
                    active_id: params.resId,
                    active_ids: params.resId ? [params.resId] : params.resIds,
                    active_model: params.resModel,
                };
                const name = /^\d+$/.test(params.name) ? Number(params.name) : params.name;
                action = await keepLast.add(loader.load(name, { ...context, ...activeContext }));
            } else {
                throw new InvalidActionError('A button needs a name and a type, or "special"');
            }
        } finally {
            if (blockUi) {
                env.services.ui.unblock();
            }
        }
        const inherited = Object.fromEntries(
            Object.entries(params.context || {}).filter(([key]) => !CTX_KEY_REGEX.test(key))
        );
        const active = { active_model: params.resModel };
        if (params.resId) {
            Object.assign(active, { active_id: params.resId, active_ids: [params.resId] });
        } else if (params.resIds?.length) {
            Object.assign(active, { active_id: params.resIds[0], active_ids: params.resIds });
        }
        action.context = makeContext([inherited, params.buttonContext, active, action.context], user.context);
        const effect = params.effect ? evaluateExpr(params.effect) : false;
        const { onClose, viewType, stackPosition } = params;
        const options = { onClose, viewType, stackPosition, newWindow };
        await doAction(action, options);
        if (params.close && action.type !== "ir.actions.act_window_close") {
            await executeClose({ infos: {} }, options);
        }
        if (effect || action.effect) {
            env.services.effect.add(effect || action.effect);
        }
    }

    /** Show another view of the current action. */
    async function switchView(viewType, props = {}) {
        const controller = currentController();
        const { action } = controller;
        if (!action.views?.some(([, type]) => type === viewType)) {
            throw new ViewNotFoundError(
                _t('The action "%(action)s" has no view of type "%(type)s"', {
                    action: action.name,
                    type: viewType,
                }).toString()
            );
        }
        const existing = controllerStack.findIndex(
            (item) => item.action.jsId === action.jsId && item.view?.type === viewType
        );
        const next = makeViewController(action, viewType, props);
        const isForm = viewType === "form";
        let index;
        if (existing >= 0) {
            index = existing;
            if (!isForm) {
                next.exportedState = controllerStack[existing].exportedState;
            }
        } else if (isForm && controller.view.multiRecord) {
            index = controllerStack.length;
        } else {
            index = controllerStack.findIndex((item) => item.action.jsId === action.jsId);
        }
        collectState(controller);
        if (!isForm) {
            next.globalState = controller.globalState;
        }
        return show(next, { index });
    }

    /** Go back to a controller of the breadcrumb. */
    async function restore(jsId) {
        const index = jsId ? controllerStack.findIndex((item) => item.jsId === jsId) : controllerStack.length - 2;
        if (index < 0) {
            throw new ControllerNotFoundError("Nothing to go back to");
        }
        const controller = controllerStack[index];
        if (controller.virtualEntry) {
            const { virtualEntry: entry } = controller;
            return openEntry(entry, { index });
        }
        const { action } = controller;
        const next = controller.view
            ? makeViewController(action, controller.view.type, { ...controller.props, ...stateProps(controller) })
            : { ...controller, jsId: `controller_${++nextId}` };
        next.displayName = controller.displayName;
        next.exportedState = controller.exportedState;
        next.globalState = controller.globalState;
        next.currentState = { ...controller.currentState };
        return show(next, { index });
    }

    const stateProps = (controller) => {
        const { resId } = controller.currentState || {};
        return controller.view.type === "form" && resId ? { resId: resId === "new" ? false : resId } : {};
    };

    // ------------------------------------------------------------------ URL

    const openEntry = async (entry, options = {}) => {
        const props = entry.resId ? { resId: entry.resId === "new" ? false : entry.resId } : {};
        const viewType = entry.resId ? "form" : options.viewType;
        const context = entry.active_id
            ? { active_id: entry.active_id, active_ids: [entry.active_id], active_model: options.activeModel }
            : {};
        let request = rememberedAction(entry) || entry.action;
        if (!request && entry.model) {
            const views = entry.resId
                ? [[false, "form"]]
                : [
                      [false, "list"],
                      [false, "form"],
                  ];
            request = {
                type: "ir.actions.act_window",
                res_model: entry.model,
                name: entry.displayName || entry.model,
                views,
            };
        }
        return doAction(request, { ...options, additionalContext: context, viewType, props });
    };

    const virtualController = (entry, displayName) => ({
        jsId: `controller_${++nextId}`,
        action: {
            jsId: `action_${++nextId}`,
            id: entry.action,
            type: "ir.actions.act_window",
            res_model: entry.model,
            context: {},
        },
        displayName,
        virtualEntry: entry,
        urlEntry: entry,
        currentState: {},
    });

    const breadcrumbNames = async (entries) => {
        if (entries.every((entry) => entry.displayName)) {
            return entries.map((entry) => ({ display_name: entry.displayName }));
        }
        const actions = entries.map(({ action, model, resId }) => ({ action, model, resId }));
        return rpc("/web/action/load_breadcrumbs", { actions });
    };

    /**
     * Show what the URL says, or what lies before it when that cannot be shown.
     *
     * @returns {Promise<boolean>} false when it says nothing
     * @throws whatever keeps it from being shown, once something else is
     */
    async function loadState({ isPopState = false } = {}) {
        const { current } = router;
        const stack = current.actionStack?.length
            ? current.actionStack
            : current.action || current.model
              ? [current]
              : [];
        if (!stack.length) {
            return false;
        }
        const entries = stack.slice(0, -1).filter((entry) => entry.action || entry.model);
        const names = entries.length ? await breadcrumbNames(entries) : [];
        const virtuals = entries
            .map((entry, index) => (names[index].error ? null : virtualController(entry, names[index].display_name)))
            .filter(Boolean);
        if (!(await mayLeave())) {
            return true;
        }
        collectState(currentController());
        controllerStack = virtuals;
        try {
            await openEntry(stack.at(-1), {
                viewType: current.view_type,
                index: virtuals.length,
                skipLeave: true,
                isPopState,
            });
        } catch (error) {
            await showBefore(virtuals);
            throw error;
        }
        return true;
    }

    /** Show the nearest of the places before one that cannot be shown, or else the home screen. */
    const showBefore = async (virtuals) => {
        for (let index = virtuals.length - 1; index >= 0; index--) {
            controllerStack = virtuals.slice(0, index);
            try {
                await openEntry(virtuals[index].virtualEntry, { index, skipLeave: true, isPopState: true });
                return;
            } catch {
                // the user is told why the place he asked for cannot be shown; that is enough
            }
        }
        controllerStack = [];
        await doAction("home", { clearBreadcrumbs: true, skipLeave: true, isPopState: true });
    };

    return {
        doAction,
        doActionButton,
        switchView,
        restore,
        loadState,
        async loadAction(actionRequest, context) {
            return preprocessAction(await loader.load(actionRequest, context), context);
        },
        get currentController() {
            return currentController();
        },
        get currentAction() {
            return currentController()?.action;
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
