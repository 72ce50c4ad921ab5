import { router } from "@web/core/browser/router";
import { pushStack } from "@web/webclient/actions/action_url";

/** @typedef {import("@web/webclient/actions/controllers").Controller} Controller */

/** What is shown, and before it the places that the user came by. */
export class ControllerStack {
    /** @type {Controller[]} */
    controllers = [];

    get isEmpty() {
        return !this.controllers.length;
    }

    /** @returns {Controller|null} */
    get current() {
        return this.controllers.at(-1) || null;
    }

    /** @returns {Controller|undefined} */
    get previous() {
        return this.controllers.at(-2);
    }

    /** @returns {number} -1 when there is none */
    indexOf(jsId) {
        return this.controllers.findIndex((controller) => controller.jsId === jsId);
    }

    /** @returns {number} place of the first controller of an action, and of a type of view if there is one */
    indexOfAction(action, viewType) {
        return this.controllers.findIndex(
            (controller) => controller.action.jsId === action?.jsId && (!viewType || controller.view?.type === viewType)
        );
    }

    /** @returns {number} where a controller goes that is shown with these options; all from there on gives way */
    placeFor({ clearBreadcrumbs, index, stackPosition }) {
        if (index !== undefined) {
            return index;
        }
        if (clearBreadcrumbs) {
            return 0;
        }
        const replaced = { replaceCurrentAction: this.current, replacePreviousAction: this.previous };
        if (stackPosition in replaced) {
            return this.indexOfAction(replaced[stackPosition]?.action);
        }
        return this.controllers.filter((controller) => !controller.isHome).length;
    }

    /** @returns {Controller[]} the stack as it will be */
    trailTo(controller, options) {
        const { newStack = this.controllers.slice(0, Math.max(0, this.placeFor(options))) } = options;
        return [...newStack, controller];
    }

    /** Write the way to what is shown in the address; each controller keeps its part. @param {{replace?: boolean}} [how] */
    writeUrl({ replace } = {}) {
        pushStack(this.controllers, { replace });
        const entries = router.current.actionStack || [];
        this.controllers.forEach((controller, index) => {
            controller.urlEntry = entries[index];
        });
    }
}
