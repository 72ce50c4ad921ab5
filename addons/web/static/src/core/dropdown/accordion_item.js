import { Component, useChildSubEnv, useState, xml } from "@odoo/owl";

/** Key of what an entry tells those below it. */
export const ACCORDION = Symbol("accordion");

/** Entry of a menu that unfolds more entries below it. */
export class AccordionItem extends Component {
    static template = xml`
        <div class="o_accordion position-relative">
            <button class="o_menu_item o_accordion_toggle dropdown-item o-navigable" tabindex="0" t-att-class="props.class" t-att-role="props.role"
                    t-att-aria-expanded="state.open ? 'true' : 'false'" t-on-click.stop="() => this.state.open = !this.state.open">
                <t t-esc="props.description"/>
                <i class="fa float-end mt-1" t-att-class="state.open ? 'fa-caret-down' : 'fa-caret-right'"/>
            </button>
            <div t-if="state.open" class="o_accordion_values ms-3 border-start"><t t-slot="default"/></div>
        </div>`;
    static props = {
        slots: { type: Object, optional: true },
        description: { optional: true },
        selected: { type: Boolean, optional: true },
        class: { optional: true },
        role: { type: String, optional: true },
    };

    setup() {
        this.state = useState({ open: false });
        useChildSubEnv({
            [ACCORDION]: { accordionStateChanged: () => (this.state.open = !this.state.open) },
        });
    }
}
