import { Component, useState } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";

/** A company in the menu: taken to the others by its box, worked for by its name. */
export class SwitchCompanyItem extends Component {
    static template = "web.SwitchCompanyItem";
    static components = { DropdownItem };
    static props = { company: Object, companySelector: Object };

    setup() {
        this.companyService = useService("company");
        this.companySelector = useState(this.props.companySelector);
    }

    get isCompanySelected() {
        return this.companySelector.isCompanySelected(this.props.company.id);
    }

    get isCurrent() {
        return this.props.company.id === this.companyService.currentCompany.id;
    }

    /** @param {Event} ev change of the box */
    toggleCompany(ev) {
        this.companySelector.switchCompany("toggle", this.props.company.id);
        // the last one stays, and so does the mark of its box
        /** @type {HTMLInputElement} */ (ev.target).checked = this.isCompanySelected;
    }

    logIntoCompany() {
        this.companySelector.switchCompany("loginto", this.props.company.id);
    }
}
