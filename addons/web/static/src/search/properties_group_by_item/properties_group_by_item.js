import { Component, useState } from "@odoo/owl";
import { AccordionItem } from "@web/core/dropdown/accordion_item";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { groupBy as groupItemsBy } from "@web/core/utils/arrays";
import { useBus } from "@web/core/utils/hooks";

/** Entry of the menu of groups for a field with properties: it opens to the properties, by what defines them. */
export class PropertiesGroupByItem extends Component {
    static template = "web.PropertiesGroupByItem";
    static components = { AccordionItem, DropdownItem };
    static props = { item: Object, onGroup: Function };

    setup() {
        this.state = useState({ isLoaded: false });
        useBus(this.env.searchModel, "update", () => this.render());
    }

    get propertyItems() {
        return this.env.searchModel.getSearchItems(
            ({ isProperty, propertyItemId }) => isProperty && propertyItemId === this.props.item.id
        );
    }

    get isActive() {
        return this.propertyItems.some(({ isActive }) => isActive);
    }

    /** @returns {{name: string, items: Object[]}[]} */
    get groups() {
        const groups = Object.entries(groupItemsBy(this.propertyItems, "definitionRecordId"));
        return groups.map(([id, items]) => ({ id, name: items[0].definitionRecordName, items }));
    }

    async load() {
        await this.env.searchModel.fillSearchViewItemsProperty();
        this.state.isLoaded = true;
    }
}
