/** Steps that many tours have. */

import { _t } from "@web/core/l10n/translation";

const click = (trigger, more = {}) => ({ ...more, trigger, run: "click" });
/** What is only done by tests: people find their own way. */
const unasked = (step, ...conditions) => ({ ...step, isActive: ["auto", ...conditions] });
/** What is only done on small screens. */
const onPhones = (step, ...conditions) => ({ ...step, isActive: ["mobile", ...conditions] });

/** Tell in failures which of these functions made the steps. */
function from(name, args, steps) {
    const text = `It comes from stepUtils.${name}(${args.map((value) => JSON.stringify(String(value))).join(", ")}).`;
    return steps.map((step) => stepUtils.addDebugHelp(text, step));
}

export const stepUtils = {
    /** @param {string} debugHelp what whoever reads that a step failed should know @param {Object} step */
    addDebugHelp: (debugHelp, step) => ({ debugHelp, ...step }),

    /** Open the list of applications at a desk. */
    showAppsMenuItem: () =>
        unasked(click(".o_navbar_apps_menu button:enabled", { tooltipPosition: "bottom" }), "community", "desktop"),

    /** Show the page of applications, where the edition has such a button. @returns {Object[]} */
    toggleHomeMenu: () => {
        const button = ".o_main_navbar .o_menu_toggle";
        return [{ ...click(button, { content: _t("Here are all applications.") }), isActive: ["enterprise", button] }];
    },

    /** Open the buttons of a form that did not fit. */
    autoExpandMoreButtons(alsoOnPhones = false) {
        const open = ({ click: press, queryFirst }) => {
            const folded = queryFirst(".o-form-buttonbox .o_button_more");
            return folded ? press(folded) : undefined;
        };
        const step = { content: "Buttons that did not fit", trigger: ".o-form-buttonbox", run: open };
        return unasked(step, ...(alsoOnPhones ? [] : ["desktop"]));
    },

    /**
     * Open an application.
     *
     * @param {string} menu external id of its menu
     * @param {any} content
     * @returns {Object[]}
     */
    goToAppSteps(menu, content) {
        const app = click(`.o_app[data-menu-xmlid="${menu}"]`, { content });
        const places = { community: "right", enterprise: "bottom" };
        const apps = Object.entries(places).map(([edition, tooltipPosition]) => ({
            ...app,
            tooltipPosition,
            isActive: [edition],
        }));
        return from("goToAppSteps", [menu, content], [stepUtils.showAppsMenuItem(), ...apps]);
    },

    /**
     * Press a button of the status bar, which phones have in a menu.
     *
     * @param {string} label of the button
     * @param {any} content
     * @param {string} [trigger] what phones wait for before
     * @returns {Object[]}
     */
    statusbarButtonsSteps(label, content, trigger) {
        const menu = ".o_statusbar_buttons .dropdown-toggle:visible";
        const places = [".o_statusbar_buttons button:enabled", ".o-dropdown--menu button:enabled"];
        const button = places.map((place) => `${place}:contains("${label}")`).join(", ");
        const steps = [onPhones(click(menu), "auto", menu), click(button, { content, tooltipPosition: "bottom" })];
        if (trigger) {
            steps.unshift(onPhones({ trigger }, "auto"));
        }
        return from("statusbarButtonsSteps", [label, content], steps);
    },

    /**
     * Find a record in the dialog from which phones choose one.
     *
     * @param {string} title of the dialog
     * @param {string} text that is looked for
     * @returns {Object[]}
     */
    mobileKanbanSearchMany2X(title, text) {
        const within = (selector) => `.modal:contains("${title}") ${selector}`;
        const input = within(".o_searchview_input");
        const steps = [
            click(within("button:has(.fa-search, .oi-search)")),
            { trigger: input, run: `edit ${text} && press Enter` },
            click(within(`.o_kanban_record:contains("${text}")`), { tooltipPosition: "bottom" }),
        ];
        return from(
            "mobileKanbanSearchMany2X",
            [title, text],
            steps.map((step) => onPhones(step))
        );
    },

    /** Save a form and wait until it is kept. @returns {Object[]} */
    saveForm() {
        const isKept = ".o_form_saved:not(.o_form_dirty), body:not(:has(.o_form_view))";
        const steps = [click(".o_form_button_save:enabled:visible", { content: "Save the form" }), { trigger: isKept }];
        return from(
            "saveForm",
            [],
            steps.map((step) => unasked(step))
        );
    },

    /** Give up the changes of a form, and wait until they are gone. @returns {Object[]} */
    discardForm() {
        const isClean = ".o_form_view:not(:has(.o_form_dirty)), body:not(:has(.o_form_view))";
        const button = ".o_form_button_cancel:enabled:visible";
        const steps = [click(button, { content: "Discard the changes" }), { trigger: isClean }];
        return from(
            "discardForm",
            [],
            steps.map((step) => unasked(step))
        );
    },

    /** Wait for a page in a frame that says when it can be used. */
    waitIframeIsReady: () => ({ trigger: ":iframe body[is-ready=true]" }),

    /** Load another page. @param {string} url */
    goToUrl: (url) => unasked({ trigger: "body", run: `goToUrl ${url}` }),
};
