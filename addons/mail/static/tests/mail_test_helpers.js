/** What tests of addons with messages import. */

import { after, beforeEach } from "@odoo/hoot";
import {
    defineModels,
    fields,
    getService,
    makeMockEnv,
    makeMockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { busModels } from "@bus/../tests/bus_test_helpers";
import { patchWebsocketWorkerWithCleanup } from "@bus/../tests/mock_websocket";
import { defineMailRoutes } from "@mail/../tests/mock_server/mail_mock_server";
import { mail } from "@mail/../tests/page_setup";
import { session } from "@web/session";

export { SIZES } from "@web/core/ui/ui_service";
export * from "@mail/../tests/mail_test_helpers_contains";

class MailMessage extends models.Model {
    _name = "mail.message";
    author_id = fields.Many2one({ relation: "res.partner" });
    body = fields.Html();
    date = fields.Datetime();
    message_type = fields.Char({ default: "comment" });
    model = fields.Char();
    res_id = fields.Integer();
}

class MailThread extends models.Model {
    _name = "mail.thread";
    message_ids = fields.One2many({ relation: "mail.message" });
}

export const mailModels = { ...busModels, MailMessage, MailThread };

/** Define the models of messages, and their server, for the tests that follow. */
export function defineMailModels() {
    beforeEach(() => {
        patchWebsocketWorkerWithCleanup();
        mail.isDefined = true;
        session.storeData = { Store: { self: { id: 17, type: "partner" }, settings: { id: 1 } } };
        after(() => {
            mail.isDefined = false;
            delete session.storeData;
        });
    });
    defineMailRoutes();
    return defineModels(mailModels);
}

/** Begin a page with messages. @param {{env?: Object}} [options] @returns {Promise<Object>} its environment */
export const start = ({ env } = {}) => makeMockEnv(env);

/** @returns {Promise<Object>} what has the models of the server, by name */
export async function startServer() {
    return (await makeMockServer()).env;
}

/** Show a form. @param {string} resModel @param {number} [resId] @param {Object} [params] of the view */
export const openFormView = (resModel, resId, params = {}) => mountView({ resId, resModel, type: "form", ...params });
export const openListView = (resModel, params = {}) => mountView({ resModel, type: "list", ...params });
export const openKanbanView = (resModel, params = {}) => mountView({ resModel, type: "kanban", ...params });

/** Do an action that shows views. */
export const openView = (action) => getService("action").doAction({ type: "ir.actions.act_window", ...action });

/** Call a function before a route is answered. */
export function onRpcBefore(route, callback) {
    onRpc(route, async (request) => {
        await callback((await request.clone().json()).params);
    });
}
