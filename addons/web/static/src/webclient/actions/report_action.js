import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { activeIdsOf } from "@web/webclient/actions/action_requests";

const MESSAGES = {
    install: _t("No program that makes PDF files is installed on the server. The report is shown in the browser."),
    upgrade: _t("The program that makes PDF files on the server is too old to print headers and footers."),
    workers: _t("The server needs at least two workers to print PDF files."),
    broken: _t("The program that makes PDF files on the server does not work. The report is shown in the browser."),
};

let wkhtmltopdfState;

/** Address of a report for the records of a context. */
export function getReportUrl(action, type, userContext) {
    let url = `/report/${type}/${action.report_name}`;
    const context = action.context || {};
    if (action.data && JSON.stringify(action.data) !== "{}") {
        const options = encodeURIComponent(JSON.stringify(action.data));
        return `${url}?options=${options}&context=${encodeURIComponent(JSON.stringify(context))}`;
    }
    const ids = activeIdsOf(context);
    if (ids.length) {
        url += `/${ids.join(",")}`;
    }
    return type === "html" ? `${url}?context=${encodeURIComponent(JSON.stringify(userContext))}` : url;
}

async function pdfState() {
    wkhtmltopdfState ??= rpc("/report/check_wkhtmltopdf");
    return wkhtmltopdfState;
}

/** Print: download a PDF or text, or open HTML. */
export async function executeReport(env, action, options) {
    for (const handler of registry.category("ir.actions.report handlers").getAll()) {
        if (await handler(action, options, env)) {
            return;
        }
    }
    if (action.report_type === "qweb-html") {
        browser.open(getReportUrl(action, "html", user.context), "_blank");
        return;
    }
    const type = action.report_type === "qweb-text" ? "text" : "pdf";
    if (type === "pdf") {
        const state = await pdfState();
        if (MESSAGES[state]) {
            env.services.notification.add(MESSAGES[state], { title: _t("Report"), sticky: true, type: "warning" });
        }
        if (!["upgrade", "ok"].includes(state)) {
            browser.open(getReportUrl(action, "html", user.context), "_blank");
            return;
        }
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, type, user.context), action.report_type]),
                context: JSON.stringify(user.context),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
}
