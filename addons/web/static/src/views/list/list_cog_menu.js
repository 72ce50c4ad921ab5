import { CogMenu } from "@web/search/cog_menu/cog_menu";

/** Cog menu of a list: what is registered for all records goes while some are selected. */
export class ListCogMenu extends CogMenu {
    static template = "web.ListCogMenu";
    static props = {
        ...CogMenu.props,
        hasSelectedRecords: { type: [Boolean, Number], optional: true },
        slots: { type: Object, optional: true },
    };

    async _registryItems() {
        return this.props.hasSelectedRecords ? [] : super._registryItems();
    }
}
