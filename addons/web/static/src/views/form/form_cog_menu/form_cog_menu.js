import { CogMenu } from "@web/search/cog_menu/cog_menu";

/** Cog menu of a form: what can be done with its record, and what the form puts into its slot. */
export class FormCogMenu extends CogMenu {
    static template = "web.FormCogMenu";
    static props = { ...CogMenu.props, slots: { type: Object, optional: true } };

    get hasItems() {
        return Boolean(super.hasItems);
    }
}
