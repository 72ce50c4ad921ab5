import { useState } from "@odoo/owl";
import { SwitchCompanyMenu } from "@web/webclient/switch_company_menu/switch_company_menu";

/** The choice of companies as a part of the menu of small screens: folded, under the name of the current one. */
export class MobileSwitchCompanyMenu extends SwitchCompanyMenu {
    static template = "web.MobileSwitchCompanyMenu";

    setup() {
        super.setup();
        this.state = useState({ isOpen: false });
    }

    /** Show the companies, or fold them; what was not confirmed is forgotten. */
    toggle() {
        this.state.isOpen = !this.state.isOpen;
        if (!this.state.isOpen) {
            this.companySelector.reset();
        }
    }
}
