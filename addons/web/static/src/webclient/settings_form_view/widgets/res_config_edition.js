import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What runs here: product, version, licence. */
class ResConfigEdition extends Component {
    static template = "res_config_edition";
    static props = { ...standardWidgetProps };

    setup() {
        this.serverVersion = session.server_version;
    }
}

export const resConfigEdition = { component: ResConfigEdition };

registry.category("view_widgets").add("res_config_edition", resConfigEdition);
