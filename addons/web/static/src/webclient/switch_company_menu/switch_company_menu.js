import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { SwitchCompanyItem } from "@web/webclient/switch_company_menu/switch_company_item";

/** Companies that are chosen and not confirmed yet. */
export class CompanySelector {
    /** @param {Object} companyService */
    constructor(companyService) {
        this.companyService = companyService;
        this.selectedCompaniesIds = companyService.activeCompanyIds;
    }

    get hasChanges() {
        const active = this.companyService.activeCompanyIds;
        const { selectedCompaniesIds: selected } = this;
        return active.length !== selected.length || active.some((id) => !selected.includes(id));
    }

    isCompanySelected(companyId) {
        return this.selectedCompaniesIds.includes(companyId);
    }

    /** @param {"toggle"|"loginto"} mode @param {number} companyId */
    switchCompany(mode, companyId) {
        if (mode === "loginto") {
            this.logInto(companyId);
        } else {
            this.toggle(companyId);
        }
    }

    /** Take a company to the others, or from them; one stays. */
    toggle(companyId) {
        const others = this.selectedCompaniesIds.filter((id) => id !== companyId);
        if (!this.isCompanySelected(companyId)) {
            this.selectedCompaniesIds = [...others, companyId];
        } else if (others.length) {
            this.selectedCompaniesIds = others;
        }
    }

    /** Work for a company, and for the others that are chosen where it was one of the active ones. */
    logInto(companyId) {
        const others = this.selectedCompaniesIds.filter((id) => id !== companyId);
        const wasActive = this.companyService.activeCompanyIds.includes(companyId);
        this.companyService.setCompanies(wasActive ? [companyId, ...others] : [companyId], !wasActive);
    }

    apply() {
        this.companyService.setCompanies(this.selectedCompaniesIds, false);
    }

    reset() {
        this.selectedCompaniesIds = this.companyService.activeCompanyIds;
    }
}

/** Choice of the companies to work with. */
export class SwitchCompanyMenu extends Component {
    static template = "web.SwitchCompanyMenu";
    static components = { Dropdown, SwitchCompanyItem };
    static props = {};

    setup() {
        this.companyService = useService("company");
        this.companySelector = useState(new CompanySelector(this.companyService));
    }

    get companies() {
        return Object.values(this.companyService.allowedCompanies).sort(
            (a, b) => a.sequence - b.sequence || a.id - b.id
        );
    }
}

export const systrayItem = {
    Component: SwitchCompanyMenu,
    isDisplayed: () => Boolean(session.display_switch_company_menu),
};

registry.category("systray").add("SwitchCompanyMenu", systrayItem, { sequence: 1 });
