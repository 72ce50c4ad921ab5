import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { objectToUrlEncodedString } from "@web/core/utils/urls";
import { activeIdsOf } from "@web/webclient/actions/action_requests";

const MESSAGES = {
    install: _t("No program that makes PDF files is installed on the server. The report is shown in the browser."),
    upgrade: _t("The program that makes PDF files on the server is too old to print headers and footers."),
    workers: _t("The server needs at least two workers to print PDF files."),
    broken: _t("The program that makes PDF files on the server does not work. The report is shown in the browser."),
};

let wkhtmltopdfState;

/**
 * Address of a report: for what its data say, or for the records of the action's context.
 *
 * @param {{report_name: string, data?: Object, context?: Object}} action
 * @param {"html"|"pdf"|"text"} type
 * @param {Object} userContext goes with HTML, which the browser asks for by itself
 */
export function getReportUrl({ context = {}, data, report_name: name }, type, userContext) {
    const path = ["/report", type, name];
    const query = {};
    if (Object.keys(data || {}).length) {
        Object.assign(query, { options: JSON.stringify(data), context: JSON.stringify(context) });
    } else {
        const ids = activeIdsOf(context).join(",");
        path.push(...(ids ? [ids] : []));
        if (type === "html") {
            query.context = JSON.stringify(userContext);
        }
    }
    return [path.join("/"), objectToUrlEncodedString(query)].filter(Boolean).join("?");
}

/**
 * Save a report as a file, where the server can make one.
 *
 * @param {Function} ask calls a route
 * @param {Object} action
 * @param {"pdf"|"text"} type
 * @param {Object} userContext
 * @returns {Promise<{success: boolean, message: any, state: string}>} what to tell the user, and what the server said
 */
export async function downloadReport(ask, action, type, userContext) {
    const state = type === "pdf" ? await (wkhtmltopdfState ??= ask("/report/check_wkhtmltopdf")) : "ok";
    const success = ["upgrade", "ok"].includes(state);
    if (success) {
        const data = JSON.stringify([getReportUrl(action, type, userContext), action.report_type]);
        await download({ url: "/report/download", data: { data, context: JSON.stringify(userContext) } });
    }
    return { success, message: MESSAGES[state] || "", state };
}

/** Show a report as a page within the client. */
function showReport(env, action, options, state) {
    const page = {
        type: "ir.actions.client",
        tag: "report.client_action",
        name: action.display_name || action.name,
        params: { report: action, report_url: getReportUrl(action, "html", user.context), state },
    };
    return env.services.action.doAction(page, { stackPosition: options?.stackPosition });
}

/** Print: download a PDF or text, or show HTML. */
export async function executeReport(env, action, options) {
    for (const handler of registry.category("ir.actions.report handlers").getAll()) {
        if (await handler(action, options, env)) {
            return;
        }
    }
    if (action.report_type === "qweb-html") {
        await showReport(env, action, options);
        return;
    }
    const type = action.report_type === "qweb-text" ? "text" : "pdf";
    env.services.ui.block();
    try {
        const { success, message, state } = await downloadReport(rpc, action, type, user.context);
        if (message) {
            env.services.notification.add(message, { title: _t("Report"), sticky: true, type: "warning" });
        }
        if (!success) {
            await showReport(env, action, options, state);
        }
    } finally {
        env.services.ui.unblock();
    }
}
