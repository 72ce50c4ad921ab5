import { reactive } from "@odoo/owl";
import { router } from "@web/core/browser/router";
import { describeViewType } from "@web/views/lazy_views";

/**
 * The way to the last of some controllers, as the control panel shows it.
 *
 * @param {Controller[]} trail
 * @param {(jsId: string) => any} restore
 * @typedef {import("@web/webclient/actions/controllers").Controller} Controller
 */
export function breadcrumbsOf(trail, restore) {
    const shown = trail.filter((controller) => !controller.isHome);
    return shown.map((controller) => ({
        jsId: controller.jsId,
        get name() {
            return controller.displayName;
        },
        get isFormView() {
            return controller.view?.type === "form";
        },
        get url() {
            const before = trail.slice(0, trail.indexOf(controller) + 1);
            return router.stateToUrl({ actionStack: before.map(({ urlEntry }) => urlEntry || {}) });
        },
        onSelected: () => restore(controller.jsId),
    }));
}

/** Views that show several records and that the user can go to from such a view. */
function switcherEntries({ view, views }) {
    if (!view?.multiRecord) {
        return [];
    }
    return views
        .map(([, type]) => (type === "search" ? null : describeViewType(type)))
        .filter((described) => described?.multiRecord)
        .map(({ accessKey, display_name: name, icon, type }) => ({
            type,
            name,
            icon,
            accessKey,
            active: type === view.type,
        }));
}

/**
 * What the component of a controller finds as `env.config`.
 *
 * @param {Controller} controller
 * @param {Controller[]} trail the controllers to it, and it
 * @param {{env: Object, restore: (jsId: string) => any, historyBack: Function, isCurrent: Function}} manager
 */
export function makeConfig(controller, trail, manager) {
    const { action } = controller;
    const breadcrumbs = reactive(breadcrumbsOf(trail, manager.restore));
    let shownName;

    const renameCrumb = (displayName) => {
        if (breadcrumbs.at(-1)?.jsId === controller.jsId && displayName !== shownName) {
            shownName = displayName;
            breadcrumbs.splice(-1, 1, breadcrumbsOf(trail, manager.restore).at(-1));
        }
    };
    return {
        actionId: action.id || false,
        actionName: action.name,
        actionType: action.type,
        actionXmlId: action.xml_id,
        breadcrumbs,
        views: controller.views,
        viewSwitcherEntries: switcherEntries(controller),
        historyBack: () => manager.historyBack(controller),
        getDisplayName: () => controller.displayName || action.display_name || "",
        setDisplayName(displayName) {
            controller.displayName = displayName;
            renameCrumb(displayName);
            if (manager.isCurrent(controller)) {
                manager.env.services.title.setParts({ action: String(displayName || "") || null });
            }
        },
        // the bar of embedded actions is not there to be changed
        embeddedActions: action.embedded_action_ids || [],
        currentEmbeddedActionId: false,
        setCurrentEmbeddedAction() {},
        setEmbeddedActions() {},
    };
}
