import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { KeepLast } from "@web/core/utils/concurrency";
import { ViewNotFoundError } from "@web/views/view";
import { ActionDialogs } from "@web/webclient/actions/action_dialogs";
import { ActionLoader, preprocessAction } from "@web/webclient/actions/action_requests";
import { runAction, runClose } from "@web/webclient/actions/action_runners";
import { AddressLoader } from "@web/webclient/actions/address_loader";
import { requestButton } from "@web/webclient/actions/button_request";
import { makeConfig } from "@web/webclient/actions/controller_config";
import { ControllerStack } from "@web/webclient/actions/controller_stack";
import { ClientController, newId } from "@web/webclient/actions/controllers";
import { clearUncommittedChanges } from "@web/webclient/actions/leaving";
import { Showing } from "@web/webclient/actions/showing";
import { ViewController } from "@web/webclient/actions/view_controller";

/** Raised when the form of a controller is asked for that has none. */
export class ControllerNotFoundError extends Error {}

/** Runs actions and decides what the page shows for them. */
export class ActionManager {
    constructor(env) {
        this.env = env;
        this.loader = new ActionLoader();
        this.keepLast = new KeepLast();
        this.stack = new ControllerStack();
        this.dialogs = new ActionDialogs(env);
        this.addresses = new AddressLoader(this);
        // controllers and breadcrumbs call it later, by itself
        this.restore = this.restore.bind(this);
        this.loader.clearWithCaches(env.bus);
    }

    // ------------------------------------------------------------------ running

    /** @returns {Promise<Object>} the action that is asked for, evaluated and complete */
    async loadAction(actionRequest, context) {
        return preprocessAction(await this.loader.load(actionRequest, context), context);
    }

    /**
     * Run an action.
     *
     * @param {number|string|Object|false} actionRequest id, external id, path, tag, description, or false: close the
     *   dialog that is open
     * @param {{additionalContext?: Object, clearBreadcrumbs?: boolean, onClose?: Function, props?: Object,
     *   stackPosition?: string, viewType?: string, newWindow?: boolean, index?: number, skipLeave?: boolean,
     *   newStack?: Object[], forceLeave?: boolean, isPopState?: boolean, onActionReady?: Function}} [options]
     * @returns {Promise<any>} one that never ends when what is shown refuses to be left
     */
    async doAction(actionRequest, options = {}) {
        const action = await this.keepLast.add(this.loadAction(actionRequest, options.additionalContext));
        action.jsId = newId("action");
        return runAction(this, action, options);
    }

    /** Run what a button of a view stands for. */
    async doActionButton(params, { newWindow = undefined } = {}) {
        const { close, effect: ownEffect, onClose, stackPosition, viewType } = params;
        const { effect: givenEffect, ...action } = await requestButton(this, params);
        const options = { onClose, viewType, stackPosition, newWindow };
        await this.doAction(action, options);
        if (close && action.type !== "ir.actions.act_window_close") {
            await runClose(this, { infos: {} }, options);
        }
        const effect = (ownEffect && evaluateExpr(ownEffect)) || givenEffect;
        if (effect) {
            this.env.services.effect.add(effect);
        }
    }

    // ------------------------------------------------------------------ showing

    makeViewController(action, viewType, props = {}) {
        return new ViewController(action, viewType, props, {
            closeDialog: (infos) => this.dialogs.close(infos),
            switchView: (...args) => this.switchView(...args),
            onStateChange: (controller) => this.writeState(controller),
        });
    }

    makeClientController(action, component, props) {
        return new ClientController(action, component, props, {
            onStateChange: (controller) => this.writeState(controller),
        });
    }

    /** Write in the address what a controller says about itself. */
    writeState(controller) {
        if (this.isCurrent(controller) && controller.isMounted) {
            this.stack.writeUrl({ replace: true });
        }
    }

    isCurrent(controller) {
        return controller === this.stack.current;
    }

    /** Show a controller where its action says: in a dialog or in the page. */
    async present(controller, options) {
        if (controller.action.target !== "new") {
            return this.show(controller, options);
        }
        controller.inDialog = true;
        controller.prepare(makeConfig(controller, [controller], this));
        await this.dialogs.open(controller, options);
        this.env.bus.trigger("ACTION_MANAGER:UI-UPDATED", "new");
        return true;
    }

    /** Show a controller in the page. @returns {Promise<true>} never ends when what is there refuses to be left */
    async show(controller, options = {}) {
        const forceLeave = Boolean(options.forceLeave);
        if (!(await this.leave({ forceLeave, skipLeave: options.skipLeave }))) {
            // nobody must go on as if it were shown
            return new Promise(() => {});
        }
        const trail = this.stack.trailTo(controller, options);
        controller.prepare(makeConfig(controller, trail, this));
        return new Showing(this, controller, trail, options).start();
    }

    /**
     * @param {{skipLeave?: boolean, forceLeave?: boolean}} [options]
     * @returns {Promise<boolean>} whether what is shown may be left; if so it told what it wants to find again
     */
    async leave({ skipLeave = false, ...options } = {}) {
        const isFree = skipLeave || (await clearUncommittedChanges(this.env, options));
        if (isFree) {
            this.stack.current?.collectState();
        }
        return isFree;
    }

    /** Show another view of the current action. @throws {ViewNotFoundError} it has none of that type */
    async switchView(viewType, props = {}) {
        const { controllers, current } = this.stack;
        if (this.dialogs.current) {
            throw new Error(_t("The view of an action cannot be changed while a dialog is open").toString());
        }
        const { action, view } = current;
        if (!current.hasView(viewType)) {
            const names = { action: action.name, type: viewType };
            throw new ViewNotFoundError(_t('The action "%(action)s" has no view of type "%(type)s"', names).toString());
        }
        current.collectState();
        const next = this.makeViewController(action, viewType, props);
        let index = this.stack.indexOfAction(action, viewType);
        if (!next.isForm) {
            next.globalState = current.globalState;
            next.exportedState = controllers[index]?.exportedState;
        }
        if (index < 0) {
            // a record comes after the records it is one of; these share a place
            index = next.isForm && view.multiRecord ? controllers.length : this.stack.indexOfAction(action);
        }
        return this.show(next, { index });
    }

    // ------------------------------------------------------------------ going back

    /** Go back to a controller of the breadcrumb. @throws {ControllerNotFoundError} there is none */
    async restore(jsId) {
        const { controllers } = this.stack;
        const index = jsId ? this.stack.indexOf(jsId) : controllers.length - 2;
        const controller = controllers[index];
        if (!controller) {
            throw new ControllerNotFoundError("Nothing to go back to");
        }
        if (controller.virtualEntry) {
            return this.addresses.open(controller.virtualEntry, { index });
        }
        return this.show(controller.again().resume(controller), { index });
    }

    /** Leave a controller for what was there before it. */
    historyBack(controller) {
        const { previous } = this.stack;
        if (controller.inDialog) {
            return this.dialogs.close();
        }
        if (previous && !previous.isHome) {
            return this.restore(previous.jsId);
        }
        return this.env.bus.trigger("WEBCLIENT:LOAD_DEFAULT_APP");
    }
}
