import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/** Choice of the companies to work with. */
export class SwitchCompanyMenu extends Component {
    static template = "web.SwitchCompanyMenu";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.companyService = useService("company");
        this.state = useState({ selected: this.companyService.activeCompanyIds });
    }

    get companies() {
        return Object.values(this.companyService.allowedCompanies).sort(
            (a, b) => a.sequence - b.sequence || a.id - b.id
        );
    }

    get hasChanges() {
        const active = this.companyService.activeCompanyIds;
        return active.length !== this.state.selected.length || active.some((id) => !this.state.selected.includes(id));
    }

    isSelected(company) {
        return this.state.selected.includes(company.id);
    }

    toggle(company) {
        const { selected } = this.state;
        if (!this.isSelected(company)) {
            this.state.selected = [...selected, company.id];
        } else if (selected.length > 1) {
            this.state.selected = selected.filter((id) => id !== company.id);
        }
    }

    logInto(company) {
        const others = this.state.selected.filter((id) => id !== company.id);
        const wasActive = this.companyService.activeCompanyIds.includes(company.id);
        this.companyService.setCompanies(wasActive ? [company.id, ...others] : [company.id], !wasActive);
    }

    confirm() {
        this.companyService.setCompanies(this.state.selected, false);
    }

    reset() {
        this.state.selected = this.companyService.activeCompanyIds;
    }
}

export const systrayItem = {
    Component: SwitchCompanyMenu,
    isDisplayed: () => Boolean(session.display_switch_company_menu),
};

registry.category("systray").add("SwitchCompanyMenu", systrayItem, { sequence: 1 });
