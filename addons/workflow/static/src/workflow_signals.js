import { Component, onWillStart, onWillUpdateProps, useState, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The signals of its workflows that the user can send to a document, as buttons. */
export class WorkflowSignals extends Component {
    static template = xml`
        <button t-foreach="state.signals" t-as="signal" t-key="signal.name" type="button"
            class="btn btn-secondary o_workflow_signal" t-att-name="signal.name" t-esc="signal.string"
            t-on-click="() => this.click('action_signal_workflow', [signal.name])"/>
        <button t-if="props.record.resId" type="button" class="btn btn-link o_workflow_state" t-att-title="title"
            t-att-aria-label="title" t-on-click="() => this.click('action_show_workflow')">
            <i class="fa fa-sitemap"/>
        </button>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.title = _t("Workflow");
        this.orm = useService("orm");
        this.state = useState({ signals: [] });
        onWillStart(() => this.load(this.props.record));
        // whatever was saved may have moved the document
        onWillUpdateProps(({ record }) => this.load(record));
    }

    async load({ resId, resModel }) {
        this.state.signals = resId ? await this.orm.silent.call(resModel, "get_workflow_signals", [[resId]]) : [];
    }

    click(method, args = []) {
        const { record } = this.props;
        const { context, evalContext, resId, resIds, resModel } = record;
        return this.env.onClickViewButton({
            clickParams: { type: "object", name: method, args: JSON.stringify(args) },
            getResParams: () => ({ context, evalContext, resId, resIds, resModel }),
            record,
        });
    }
}

registry.category("view_widgets").add("workflow_signals", { component: WorkflowSignals });
