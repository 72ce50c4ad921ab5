import { Component, onMounted, useChildSubEnv, useState, xml } from "@odoo/owl";
import { DROPDOWN_NESTING } from "@web/core/dropdown/_behaviours/dropdown_nesting";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useNavigation } from "@web/core/navigation/navigation";

/** Content of an open dropdown. */
export class DropdownPopover extends Component {
    static template = xml`
        <div class="o-dropdown--content" t-ref="menu">
            <t t-if="refresher.token === null"/>
            <t t-foreach="props.items || []" t-as="item" t-key="item_index">
                <DropdownItem class="item.class || ''" onSelected="item.onSelected" closingMode="item.closingMode"><t t-esc="item.label"/></DropdownItem>
            </t>
            <t t-slot="content"/>
        </div>`;
    static components = { DropdownItem };
    static props = ["items?", "slots", "refresher", "control", "close?", "onOpened?", "navigation?"];

    setup() {
        this.refresher = useState(this.props.refresher);
        useChildSubEnv({ [DROPDOWN_NESTING]: this.props.control });
        useNavigation("menu", { itemsSelector: ":scope .o-navigable", ...this.props.navigation });
        onMounted(() => this.props.onOpened?.());
    }
}
