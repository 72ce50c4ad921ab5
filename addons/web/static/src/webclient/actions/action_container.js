import { Component, onWillDestroy, useState, xml } from "@odoo/owl";
import { ActionDialog } from "@web/webclient/actions/action_dialog";

/** Where the current action shows. */
export class ActionContainer extends Component {
    static template = xml`<div id="o_main_content" class="o_action_manager" role="main"><t t-if="info.Component" t-component="info.Component" t-props="info.componentProps" t-key="info.id"/></div>`;
    static components = { ActionDialog };
    static props = {};

    setup() {
        this.info = useState({ id: 0, Component: null, componentProps: {} });
        const onUpdate = ({ detail }) => {
            this.info.id = detail.id;
            this.info.Component = detail.Component;
            this.info.componentProps = detail.componentProps;
        };
        this.env.bus.addEventListener("ACTION_MANAGER:UPDATE", onUpdate);
        onWillDestroy(() => this.env.bus.removeEventListener("ACTION_MANAGER:UPDATE", onUpdate));
    }
}
