import { Component, xml } from "@odoo/owl";
import { useDropdownCloser } from "@web/core/dropdown/dropdown_hooks";

/** What is in the menu of a card: the menu closes when one of its entries was chosen. */
export class KanbanDropdownMenuWrapper extends Component {
    static template = xml`
        <div t-on-click="onClick">
            <t t-slot="default"/>
        </div>`;
    static props = { slots: Object };

    setup() {
        this.dropdownControl = useDropdownCloser(this.env);
    }

    /** What keeps the menu open is marked so. */
    onClick(ev) {
        if (!ev.target.closest(".o_kanban_colorpicker, [data-keep-open]")) {
            this.dropdownControl.closeAll();
        }
    }
}
