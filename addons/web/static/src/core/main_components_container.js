import { Component, useState, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useRegistry } from "@web/core/registry_hook";
import { ErrorHandler } from "@web/core/utils/components";

/** Hosts the components of the "main_components" registry; one that fails is taken out. */
export class MainComponentsContainer extends Component {
    static components = { ErrorHandler };
    static props = {};
    static template = xml`
        <div class="o-main-components-container">
            <t t-foreach="Components.entries" t-as="C" t-key="C[0]">
                <ErrorHandler onError="error => this.handleComponentError(error, C)">
                    <t t-component="C[1].Component" t-props="C[1].props"/>
                </ErrorHandler>
            </t>
        </div>`;

    setup() {
        this.Components = useState(useRegistry(registry.category("main_components")));
    }

    handleComponentError(error, C) {
        this.Components.entries = this.Components.entries.filter((entry) => entry[0] !== C[0]);
        Promise.reject(error);
    }
}
