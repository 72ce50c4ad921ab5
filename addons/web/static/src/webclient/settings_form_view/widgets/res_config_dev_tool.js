import { Component, onWillStart } from "@odoo/owl";
import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Switches the developer mode, and offers demonstration data to a database without. */
export class ResConfigDevTool extends Component {
    static template = "res_config_dev_tool";
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.demo = useService("demo_data");
        onWillStart(async () => {
            this.hasDemoData = await this.demo.isDemoDataActive();
        });
    }

    get mode() {
        return this.env.debug || "";
    }

    /** The modes that can be switched to from the present one: value and label. */
    get modes() {
        const all = [
            ["1", _t("Switch it on")],
            ["assets", _t("With single files")],
            ["assets,tests", _t("With single files and tests")],
            ["0", _t("Switch it off")],
        ];
        return all.filter(([mode]) => (mode === "0" ? this.mode : mode !== this.mode));
    }

    switchTo(mode) {
        router.pushState({ debug: mode }, { reload: true });
    }

    loadDemoData() {
        return this.action.doAction("base.demo_force_install_action");
    }
}

export const resConfigDevTool = { component: ResConfigDevTool };

registry.category("view_widgets").add("res_config_dev_tool", resConfigDevTool);
