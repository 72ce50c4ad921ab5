/** @odoo-module alias=@web/../tests/helpers/mock_services */

/** Services of tests: definitions to be added to the registry, and changes of what the page has. */

import { after } from "@odoo/hoot";
import { localization } from "@web/core/l10n/localization";
import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { allowTranslations, patchWithCleanup } from "../../web_test_helpers";

const nothing = () => {};

/** @param {Object} [config] what differs from a user of English @returns {{start: Function}} service */
export function makeFakeLocalizationService(config = {}) {
    return {
        name: "localization",
        start() {
            allowTranslations();
            patchWithCleanup(localization, config);
            return localization;
        },
    };
}

/** @param {(message: string, options: Object) => any} [add] is told of notifications; what it returns closes one */
export function makeFakeNotificationService(add = nothing) {
    return { start: () => ({ add: (...args) => add(...args) || nothing }) };
}

/** @param {(component: any, props: Object, options: Object) => any} [add] is told of dialogs */
export function makeFakeDialogService(add = nothing) {
    return { start: () => ({ add: (...args) => add(...args) || nothing, closeAll: nothing }) };
}

/** @param {(route: string, params: Object) => any} [get] @param {(route: string, params: Object) => any} [post] */
export function makeFakeHTTPService(get = nothing, post = nothing) {
    return { start: () => ({ get: async (...args) => get(...args), post: async (...args) => post(...args) }) };
}

/** Have the user be another one. @param {Object} values of `user` */
export function patchUserWithCleanup(values) {
    patchWithCleanup(user, values);
}

/** @param {Object} values of the user's context */
export function patchUserContextWithCleanup(values) {
    const before = { ...user.context };
    user.updateContext(values);
    after(() => {
        Object.keys(values).forEach((key) => user.removeFromContext(key));
        const { uid: _uid, ...context } = before;
        user.updateContext(context);
    });
}

/** @param {(route: string, params: Object, settings: Object) => any} [answer] gives what calls of the server return */
export function patchRPCWithCleanup(answer = nothing) {
    patchWithCleanup(rpc, { _rpc: async (route, params = {}, settings = {}) => answer(route, params, settings) });
}

/** A title of the page that is kept, not shown. */
export const fakeTitleService = {
    start() {
        const parts = {};
        return {
            get current() {
                return JSON.stringify(parts);
            },
            getParts: () => parts,
            setParts: (changes) => Object.assign(parts, changes),
            setCounters: nothing,
        };
    },
};

/** Definitions by the names of their services. */
export const mocks = {
    dialog: () => makeFakeDialogService(),
    localization: () => makeFakeLocalizationService(),
    notification: () => makeFakeNotificationService(),
    title: () => fakeTitleService,
};
