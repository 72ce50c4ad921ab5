/** Opens every menu, switches to every view and sets every filter, and tells what breaks: a test of all that is installed. */
import { App } from "@odoo/owl";
import { rpcBus } from "@web/core/network/rpc";

/** What the console says when nothing broke: tests wait for it. */
export const SUCCESS_SIGNAL = "clickbot test succeeded";

/** Milliseconds that a page may take until it is still. */
const PATIENCE = 20_000;
/** Frames without a request after which a page is still. */
const STILL = 3;
const ERRORS = ".o_error_dialog, .o_warning_dialog";
/** Actions that lead away from the client. */
const AWAY = ["ir.actions.act_url"];

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const all = (selector) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);

/** One run through the menus. */
class ClickRun {
    constructor(env, appsMenusOnly) {
        this.env = env;
        this.appsMenusOnly = appsMenusOnly;
        /** Requests under way, by their id. */
        this.waiting = new Set();
        this.counts = { menus: 0, views: 0, filters: 0 };
        /** What was clicked last, for messages. */
        this.place = "";
        rpcBus.addEventListener("RPC:REQUEST", (/** @type {any} */ { detail }) => this.waiting.add(detail.data.id));
        rpcBus.addEventListener("RPC:RESPONSE", (/** @type {any} */ { detail }) => this.waiting.delete(detail.data.id));
    }

    /** Wait until nothing moves. @throws {Error} when something broke, or the page does not come to rest */
    async settle() {
        const end = Date.now() + PATIENCE;
        for (let still = 0; still < STILL; still = this.waiting.size ? 0 : still + 1) {
            await frame();
            if (Date.now() > end) {
                throw new Error(`${this.place}: the page waits for the server since ${PATIENCE / 1000} seconds`);
            }
        }
        const [error] = all(ERRORS);
        if (error) {
            throw new Error(`${this.place}: ${error.innerText.trim()}`);
        }
    }

    async click(el) {
        el.click();
        await this.settle();
    }

    /** @param {string} [xmlId] of an application: that one alone */
    async run(xmlId) {
        const { menu } = this.env.services;
        const apps = menu.getApps().filter((app) => !xmlId || app.xmlid === xmlId);
        if (!apps.length) {
            throw new Error(`There is no application ${xmlId || ""}`);
        }
        for (const app of apps) {
            await this.visit(app, app.name);
            if (!this.appsMenusOnly) {
                await this.visitBelow(menu.getMenuAsTree(app.id), app.name);
            }
        }
    }

    async visitBelow(tree, path) {
        for (const child of tree.childrenTree) {
            const place = `${path} / ${child.name}`;
            if (child.childrenTree.length) {
                await this.visitBelow(child, place);
            } else {
                await this.visit(child, place);
            }
        }
    }

    async visit(menu, place) {
        if (!menu.actionID || AWAY.includes(menu.actionModel)) {
            return;
        }
        this.place = place;
        console.log(`Clickbot: ${place}`);
        this.counts.menus++;
        await this.env.services.menu.selectMenu(menu);
        await this.settle();
        if (all(".modal .btn-close").length) {
            await this.click(all(".modal .btn-close").at(-1));
            return;
        }
        await this.tryViews();
    }

    async tryViews() {
        const { place } = this;
        const types = all(".o_cp_switch_buttons .o_switch_view").map(
            (button) => button.dataset.type || button.className
        );
        await this.tryFilters();
        for (const [index, type] of types.entries()) {
            const button = all(".o_cp_switch_buttons .o_switch_view")[index];
            if (button && !button.classList.contains("active")) {
                this.place = `${place} (${type})`;
                this.counts.views++;
                await this.click(button);
                await this.tryFilters();
            }
        }
    }

    /** Set each filter, and take it back. */
    async tryFilters() {
        const [toggler] = all(".o_searchview_dropdown_toggler");
        if (!toggler) {
            return;
        }
        await this.click(toggler);
        const items = () => all(".o_filter_menu .o_menu_item:not(.o_add_custom_filter):not(.o-dropdown)");
        for (let index = 0; index < items().length; index++) {
            this.counts.filters++;
            await this.click(items()[index]);
            if (items()[index]) {
                await this.click(items()[index]);
            }
        }
        if (all(".o_filter_menu").length) {
            await this.click(all(".o_searchview_dropdown_toggler")[0]);
        }
    }
}

/**
 * Click through the applications; the console tells how it ended.
 *
 * @param {string} [xmlId] external id of the menu of an application: that one alone
 * @param {boolean} [appsMenusOnly] leave the menus below out
 * @returns {Promise<boolean>} whether nothing broke
 */
export async function clickEverywhere(xmlId, appsMenusOnly = false) {
    const { env } = [...App.apps].find((app) => app.env.services?.menu);
    const run = new ClickRun(env, appsMenusOnly);
    try {
        await run.run(xmlId);
    } catch (error) {
        console.error(`Clickbot: ${error.message}`);
        return false;
    }
    const { menus, views, filters } = run.counts;
    console.log(`Clickbot: ${menus} menus, ${views} changes of the view, ${filters} filters`);
    console.log(SUCCESS_SIGNAL);
    return true;
}

Object.assign(globalThis, { clickEverywhere });
