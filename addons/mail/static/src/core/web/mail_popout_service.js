import { App, EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { appTranslateFn } from "@web/core/l10n/app_translation";
import { registry } from "@web/core/registry";
import { getTemplate } from "@web/core/templates";

/** Milliseconds between two looks at whether the user closed the window. */
const POLL = 1000;

/** A window of its own for a part of the page: one at a time, and none of a page that is gone. */
export class MailPopout {
    constructor(env) {
        this.env = env;
        this.bus = new EventBus();
        /** @type {Window|null} */
        this._window = null;
        this._app = null;
        this._component = null;
        this._hooks = { before: () => {}, after: () => {} };
        browser.addEventListener("pagehide", () => this.reset());
    }

    /** @returns {Window|null} the window, while it is open */
    get externalWindow() {
        return this._window && !this._window.closed ? this._window : null;
    }

    /**
     * @param {() => void} before called when something is about to be shown in the window
     * @param {() => void} after called when the window is gone
     */
    addHooks(before = () => {}, after = () => {}) {
        this._hooks = { before, after };
    }

    /**
     * Show a component in the window, which is opened if need be.
     *
     * @param {Function} component
     * @param {Object} props
     * @returns {Window|null} null when the browser lets no window open
     */
    popout(component, props) {
        if (!this.externalWindow) {
            this._open();
        }
        if (this._window) {
            this._hooks.before();
            this._show(component, props);
            this.bus.trigger("CHANGED");
        }
        return this._window;
    }

    /** Have the window, if there is one, show what it shows for something else. @param {Object} props */
    update(props) {
        if (this.externalWindow) {
            this._show(this._component, props);
        }
    }

    /** Close the window. */
    reset() {
        this.externalWindow?.close();
        this._forget();
    }

    _open() {
        this._window = browser.open("about:blank", "_blank", "popup=yes");
        if (!this._window) {
            return;
        }
        const { document: target } = this._window;
        const { documentElement: page } = document;
        for (const { name, value } of page.attributes) {
            target.documentElement.setAttribute(name, value);
        }
        for (const sheet of document.querySelectorAll("link[rel=stylesheet], style")) {
            target.head.append(target.importNode(sheet, true));
        }
        this._poll = browser.setInterval(() => this.externalWindow || this._forget(), POLL);
    }

    _show(component, props) {
        this._component = component;
        this._app?.destroy();
        const { body } = this._window.document;
        body.replaceChildren();
        this._app = new App(component, { env: this.env, getTemplate, props, translateFn: appTranslateFn });
        this._app.mount(body);
    }

    _forget() {
        if (!this._window) {
            return;
        }
        browser.clearInterval(this._poll);
        this._app?.destroy();
        this._app = this._window = null;
        this._hooks.after();
        this.bus.trigger("CHANGED");
    }
}

export const mailPopoutService = {
    start: (env) => new MailPopout(env),
};

registry.category("services").add("mail.popout", mailPopoutService);
