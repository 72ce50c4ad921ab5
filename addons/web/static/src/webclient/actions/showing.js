import { Component, onError, onMounted, onWillUnmount, status, useChildSubEnv, xml } from "@odoo/owl";
import { Deferred } from "@web/core/utils/concurrency";
import { newId } from "@web/webclient/actions/controllers";
import { useLeaveCallback } from "@web/webclient/actions/leaving";

class BlankComponent extends Component {
    static template = xml`<div class="o_blank_action flex-grow-1"/>`;
    static props = ["*"];
}

/** Puts the component of a controller in the page, with its environment. */
class ControllerComponent extends Component {
    static template = xml`<t t-component="Component" t-props="componentProps"/>`;
    static props = { "*": { optional: true } };
    /** @type {Showing} */
    static showing;

    setup() {
        const { showing } = /** @type {typeof ControllerComponent} */ (this.constructor);
        const { controller } = showing;
        this.Component = controller.Component;
        useChildSubEnv({ ...controller.subEnv, inActionManager: true });
        onMounted(() => showing.succeed());
        useLeaveCallback(showing.manager.env, (options) => controller.mayLeave(options));
        onWillUnmount(() => {
            controller.isMounted = false;
        });
        onError((error) => showing.fail(error, status(this) === "mounted"));
    }

    get componentProps() {
        return { ...this.props, className: "o_action" };
    }
}

/** A controller on its way to the page: it ends the stack once it is mounted, or everything stays as it was. */
export class Showing {
    /**
     * @param {import("@web/webclient/actions/action_manager").ActionManager} manager
     * @param {Controller} controller
     * @param {Controller[]} trail the stack as it will be
     * @param {{isPopState?: boolean, onActionReady?: Function}} options
     * @typedef {import("@web/webclient/actions/controllers").Controller} Controller
     */
    constructor(manager, controller, trail, options) {
        this.manager = manager;
        this.controller = controller;
        this.trail = trail;
        this.options = options;
        this.mounted = new Deferred();
    }

    /** @returns {Promise<true>} rejected with the error that keeps it from being shown */
    start() {
        const { controller } = this;
        const { exportedState: state, globalState, props } = controller;
        const ownComponent = class extends ControllerComponent {};
        ownComponent.showing = this;
        controller.updateInfo = {
            id: newId("showing"),
            Component: ownComponent,
            componentProps: { ...props, state, globalState },
        };
        this.options.onActionReady?.(controller.action);
        this.update(controller.updateInfo);
        return this.mounted;
    }

    update(info) {
        this.manager.env.bus.trigger("ACTION_MANAGER:UPDATE", info);
    }

    succeed() {
        const { controller, manager, trail } = this;
        const { bus, services } = manager.env;
        const replace = manager.stack.isEmpty || this.options.isPopState;
        manager.stack.controllers = trail;
        controller.isMounted = true;
        manager.dialogs.forget();
        services.title.setParts({ action: controller.title });
        for (const item of trail) {
            item.urlEntry ||= item.virtualEntry;
        }
        manager.stack.writeUrl({ replace });
        this.mounted.resolve(true);
        // what is opened from a full screen fills it, too
        const isFullscreen = trail.some((item) => item.action.target === "fullscreen");
        bus.trigger("ACTION_MANAGER:UI-UPDATED", isFullscreen ? "fullscreen" : "current");
    }

    fail(error, wasMounted) {
        if (this.controller.isMounted) {
            Promise.reject(error);
            return;
        }
        this.mounted.reject(error);
        const { current } = this.manager.stack;
        // places of the address that nobody went to have never been shown
        const before = current !== this.controller && !wasMounted && current?.updateInfo;
        this.update(before || { id: newId("showing"), Component: BlankComponent, componentProps: {} });
    }
}
