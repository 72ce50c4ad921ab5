import { Component, useRef } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * A report as a page within the client, with a button that prints it.
 *
 * The parameters of the action are `report_url`, and the action of the report itself as `report`.
 */
export class ReportAction extends Component {
    static template = "web.ReportAction";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.actionService = useService("action");
        /** @type {{el: HTMLIFrameElement | null}} */
        this.frame = useRef("frame");
        this.display = { controlPanel: {} };
    }

    get params() {
        return this.props.action.params || {};
    }

    /** Save the report as a file; where the server cannot make one, have the browser print what is shown. */
    async print() {
        const { report, state } = this.params;
        if (["install", "broken"].includes(state)) {
            this.frame.el.contentWindow.print();
            return;
        }
        await this.actionService.doAction({ ...report, type: "ir.actions.report", report_type: "qweb-pdf" });
    }
}

registry.category("actions").add("report.client_action", ReportAction);
