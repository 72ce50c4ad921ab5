import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { makeContext } from "@web/core/context";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { describeViewType, explainMissing, loadLazyViews } from "@web/views/lazy_views";
import { ViewNotFoundError } from "@web/views/view";
import { InvalidActionError } from "@web/webclient/actions/action_requests";
import { executeReport } from "@web/webclient/actions/report_action";
import { openUrl } from "@web/webclient/actions/url_action";

const actionRegistry = registry.category("actions");
const viewRegistry = registry.category("views");
const CLOSE = { type: "ir.actions.act_window_close" };

/** @returns {string|undefined} type of the view that an action shows first, among those that it has */
function preferredType(action, types, wanted, isSmall) {
    const preferred = [wanted];
    if (isSmall) {
        // rows do not fit on a small screen, cards do
        preferred.push(action.mobile_view_mode, types[0] === "list" && "kanban");
    }
    return preferred.find((type) => types.includes(type)) || types[0];
}

/**
 * Choose the type of the view that an action shows first; its code is loaded if it is not part of the page.
 *
 * @throws {ViewNotFoundError} the action has no view of a type that exists
 */
async function firstViewType(action, wanted, isSmall) {
    const asked = action.views.map(([, type]) => type).filter((type) => type !== "search");
    for (;;) {
        const types = asked.filter((type) => describeViewType(type));
        const type = preferredType(action, types, wanted, isSmall);
        if (!type) {
            const names = asked.join(", ") || "none";
            const message = _t("No view can be shown for this action (asked for: %s)", names).toString();
            throw new ViewNotFoundError(`${message} ${explainMissing(asked)}`.trim());
        }
        if (viewRegistry.contains(type)) {
            return type;
        }
        await loadLazyViews();
    }
}

function openInWindow(action, { props }) {
    const entry = {
        action: action.path || action.id,
        model: action.id ? undefined : action.res_model,
        resId: props?.resId || action.res_id || undefined,
    };
    browser.open(router.stateToUrl({ actionStack: [entry] }), "_blank");
}

/** Options with which an action is shown: the main one has nothing before it. */
function placeOf({ target }, options) {
    return target === "main" ? { ...options, clearBreadcrumbs: true } : options;
}

async function runWindow(manager, action, options) {
    if (options.newWindow) {
        return openInWindow(action, options);
    }
    const { isSmall } = manager.env;
    const type = await manager.keepLast.add(firstViewType(action, options.viewType, isSmall));
    return manager.present(manager.makeViewController(action, type, options.props), placeOf(action, options));
}

async function runClient(manager, action, options) {
    const registered = actionRegistry.get(action.tag, null);
    if (!registered) {
        throw new InvalidActionError(_t('The client action "%s" is unknown', action.tag).toString());
    }
    if (!(registered.prototype instanceof Component)) {
        const next = await registered(manager.env, action, options);
        return next ? manager.doAction(next, options) : undefined;
    }
    if (registered.path) {
        action.path ??= registered.path;
    }
    if (registered.target) {
        action.target = registered.target;
    }
    return manager.present(manager.makeClientController(action, registered, options.props), placeOf(action, options));
}

function runUrl(manager, action, { onClose }) {
    if (openUrl(manager.env, action)) {
        return undefined;
    }
    return action.close ? manager.doAction(CLOSE, { onClose }) : onClose?.();
}

async function runServer(manager, action, options) {
    const context = makeContext([user.context, action.context]);
    const next = await rpc("/web/action/run", { action_id: action.id, context });
    return manager.doAction(next || CLOSE, { ...options, additionalContext: undefined });
}

async function runReport(manager, action, options) {
    await executeReport(manager.env, action, options);
    const { onClose } = options;
    return action.close_on_report_download ? manager.doAction(CLOSE, { onClose }) : onClose?.();
}

/**
 * Close the dialog, or tell whoever waits for one that there is nothing to close.
 *
 * @param {import("@web/webclient/actions/action_manager").ActionManager} manager
 * @param {{effect?: Object, infos?: Object}} action
 * @param {{onClose?: Function}} [options]
 */
export async function runClose(manager, { effect, infos }, { onClose } = {}) {
    if (effect) {
        manager.env.services.effect.add(effect);
    }
    if (!manager.dialogs.close(infos || {})) {
        await onClose?.(infos);
    }
}

/**
 * What actions do, by their type.
 *
 * @type {Object<string, (manager: import("@web/webclient/actions/action_manager").ActionManager, action: Object,
 *   options: Object) => any>}
 */
const RUNNERS = {
    "ir.actions.act_url": runUrl,
    "ir.actions.act_window": runWindow,
    "ir.actions.act_window_close": runClose,
    "ir.actions.client": runClient,
    "ir.actions.report": runReport,
    // its name in older editions
    "ir.actions.report.xml": runReport,
    "ir.actions.server": runServer,
};

/** Run an action that is loaded. @throws {InvalidActionError} nobody knows its type */
export function runAction(manager, action, options) {
    if (Object.hasOwn(RUNNERS, action.type)) {
        return RUNNERS[action.type](manager, action, options);
    }
    const handler = registry.category("action_handlers").get(action.type, null);
    if (!handler) {
        throw new InvalidActionError(`The action service cannot run actions of the type "${action.type}"`);
    }
    return handler({ env: manager.env, action, options });
}
