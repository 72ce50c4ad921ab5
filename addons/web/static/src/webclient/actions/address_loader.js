import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { isServerAway } from "@web/core/network/connection";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { rememberedAction } from "@web/webclient/actions/action_url";
import { VirtualController } from "@web/webclient/actions/controllers";

/** @returns {Promise<Array<{display_name?: string, error?: Object}>>} names of places, from the server where needed */
async function namesOf(entries) {
    if (entries.every(({ displayName }) => displayName)) {
        return entries.map(({ displayName }) => ({ display_name: displayName }));
    }
    const actions = entries.map(({ action, model, resId }) => ({ action, model, resId }));
    return rpc("/web/action/load_breadcrumbs", { actions });
}

/** @returns {Promise<VirtualController[]>} the places of an address that can be gone back to */
async function controllersOf(entries) {
    const named = entries.filter(({ action, model }) => action || model);
    const names = named.length ? await namesOf(named) : [];
    return named.flatMap((entry, index) => {
        const { display_name: name, error } = names[index];
        if (error) {
            browser.console.warn("A place of the address cannot be gone back to:", error);
            return [];
        }
        return [new VirtualController(entry, name)];
    });
}

/** Action for an entry that names a model only. */
function actionOfModel({ displayName, model, resId }) {
    const types = resId ? ["form"] : ["list", "form"];
    return {
        type: "ir.actions.act_window",
        name: displayName || model,
        res_model: model,
        views: types.map((type) => [false, type]),
    };
}

/** Action of the client that an address names by its tag or its path; it finds there what else the address says. */
function clientAction({ action: name }) {
    const known = registry.category("actions").getEntries();
    const found = name && known.find(([tag, { path }]) => tag === name || path === name);
    return found ? { type: "ir.actions.client", tag: found[0], params: router.current } : null;
}

function requestOf(entry) {
    const request = rememberedAction(entry) || clientAction(entry) || entry.action;
    return request || !entry.model ? request : actionOfModel(entry);
}

/** Shows what addresses name. */
export class AddressLoader {
    /** @param {import("@web/webclient/actions/action_manager").ActionManager} manager */
    constructor(manager) {
        this.manager = manager;
    }

    /**
     * Show one place of an address.
     *
     * @param {{action?: number|string, model?: string, resId?: number|"new", active_id?: number}} entry
     * @param {Object} [options] of `doAction`
     */
    open(entry, options = {}) {
        const { active_id: activeId, resId } = entry;
        return this.manager.doAction(requestOf(entry), {
            ...options,
            additionalContext: activeId ? { active_id: activeId, active_ids: [activeId] } : {},
            props: resId ? { resId: resId === "new" ? false : resId } : {},
            viewType: resId ? "form" : options.viewType,
        });
    }

    /**
     * Show what the address says, or what lies before it when that cannot be shown.
     *
     * @returns {Promise<boolean>} false when it says nothing
     * @throws whatever keeps it from being shown, once something else is
     */
    async load({ isPopState = false } = {}) {
        const { current: state } = router;
        const entries = state.actionStack?.length ? [...state.actionStack] : [state];
        const last = entries.pop();
        if (last === state && !state.action && !state.model) {
            return false;
        }
        const before = await controllersOf(entries);
        if (await this.manager.leave()) {
            this.manager.stack.controllers = before;
            try {
                const options = { viewType: state.view_type, index: before.length, skipLeave: true, isPopState };
                await this.open(last, options);
            } catch (error) {
                if (!isServerAway(error)) {
                    await this.fallBack(before);
                }
                throw error;
            }
        } else {
            // the browser went back already
            this.manager.stack.writeUrl();
        }
        return true;
    }

    /** Show the nearest of the places before one that cannot be shown, or else the home screen. */
    async fallBack(places) {
        const { manager } = this;
        const options = { skipLeave: true, isPopState: true };
        for (let index = places.length - 1; index >= 0; index--) {
            manager.stack.controllers = places.slice(0, index);
            try {
                return await this.open(places[index].virtualEntry, { ...options, index });
            } catch {
                // the user is told why the place he asked for cannot be shown; that is enough
            }
        }
        manager.stack.controllers = [];
        return manager.doAction("home", { ...options, clearBreadcrumbs: true });
    }
}
