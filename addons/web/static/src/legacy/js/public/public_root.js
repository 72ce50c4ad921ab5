import { App, Component, whenReady } from "@odoo/owl";
import { loadTemplates } from "@web/boot/start";
import { appTranslateFn } from "@web/core/l10n/app_translation";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { getTemplate } from "@web/core/templates";
import { makeEnv, startServices } from "@web/env";
import { makeButtonHandler } from "@web/legacy/js/public/minimal_dom";
import publicWidget from "@web/legacy/js/public/public_widget";

const ROOT_EVENTS = {
    "click .js_disable_on_click": "_onDisableOnClick",
    "submit .js_website_submit_form": "_onSubmitForm",
};

/** The widget of the page itself: it starts and stops those of its elements. */
export const PublicRoot = publicWidget.Widget.extend({
    events: ROOT_EVENTS,
    custom_events: {
        call_service: "_onCallService",
        widgets_start_request: "_onWidgetsStartRequest",
        widgets_stop_request: "_onWidgetsStopRequest",
    },

    init(parent, env) {
        this._super(parent, {});
        this.env = env;
        /** Widgets that run. */
        this.publicWidgets = [];
    },

    willStart() {
        return Promise.all([this._super(), this._startWidgets()]);
    },

    /** What is told to widgets when they begin. */
    _getPublicWidgetsRegistry(_options) {
        return publicWidget.registry;
    },

    /**
     * Start the widgets of elements.
     *
     * @param {any} [from] elements in which they are looked for, those themselves included; the page by default
     * @param {Object} [options] of the widgets
     * @returns {Promise<void>} when all have started
     * @throws {Error} of the first one that failed; the others have started
     */
    async _startWidgets(from, options = {}) {
        const $from = globalThis["jQuery"](from === undefined ? document.body : from);
        this._stopWidgets($from);
        const starts = [];
        for (const Widget of Object.values(this._getPublicWidgetsRegistry(options))) {
            const { selector, selectorHas } = Widget.prototype;
            if (!selector) {
                continue;
            }
            const $found = $from.find(selector).addBack(selector);
            for (const el of $found.get()) {
                if (!selectorHas || el.querySelector(selectorHas)) {
                    const widget = new Widget(this, options);
                    this.publicWidgets.push(widget);
                    starts.push(widget.attachTo(el));
                }
            }
        }
        const failed = (await Promise.allSettled(starts)).find(({ status }) => status === "rejected");
        if (failed) {
            throw /** @type {PromiseRejectedResult} */ (failed).reason;
        }
    },

    /** Stop the widgets of elements; all of them without. */
    _stopWidgets(from) {
        const roots = from === undefined ? null : globalThis["jQuery"](from).get();
        const isMeant = ({ el }) => !roots || roots.some((root) => root === el || root.contains(el));
        const stopped = this.publicWidgets.filter(isMeant);
        this.publicWidgets = this.publicWidgets.filter((widget) => !stopped.includes(widget));
        stopped.forEach((widget) => widget.destroy());
    },

    _onCallService({ data }) {
        const { service, method, args = [], callback = () => {} } = data;
        callback(this.env.services[service][method](...args));
    },

    async _onWidgetsStartRequest(ev) {
        ev.stopPropagation();
        const { $target, target, editableMode, options, onFailure, onSuccess } = ev.data;
        try {
            await this._startWidgets($target || target, { ...options, editableMode });
            onSuccess?.();
        } catch (error) {
            if (!onFailure) {
                throw error;
            }
            onFailure(error);
        }
    },

    _onWidgetsStopRequest(ev) {
        ev.stopPropagation();
        this._stopWidgets(ev.data.$target || ev.data.target);
    },

    _onDisableOnClick(ev) {
        ev.currentTarget.classList.add("disabled");
    },

    /** A form is sent once, however often its button is clicked. */
    _onSubmitForm(ev) {
        const button = ev.currentTarget.querySelector("button[type=submit], a.a-submit");
        button && makeButtonHandler(() => new Promise(() => {})).call(button, ev);
    },
});

/**
 * Start the services of a public page, its overlays and its widgets.
 *
 * @param {any} RootWidget extends `PublicRoot`
 * @returns {Promise<any>} the widget of the page
 */
export async function createPublicRoot(RootWidget) {
    await whenReady();
    await loadTemplates();
    const env = makeEnv();
    await startServices(env);
    env.services["public_component"].mountComponents(document.body);
    // components that addons mount by themselves find it there
    Component["env"] = env;
    const publicRoot = new RootWidget(null, env);
    const app = new App(MainComponentsContainer, {
        env,
        getTemplate,
        translateFn: appTranslateFn,
        translatableAttributes: ["data-tooltip"],
        warnIfNoStaticProps: false,
    });
    await Promise.all([app.mount(document.body), publicRoot.attachTo(document.body)]);
    globalThis.odoo.isReady = true;
    return publicRoot;
}

export default { PublicRoot, createPublicRoot };
