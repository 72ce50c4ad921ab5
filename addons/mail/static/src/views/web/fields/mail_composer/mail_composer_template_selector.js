import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** More templates are found by a search. */
const OFFERED = 10;

/** What the composer begins with: a template is taken over, or made of what is written. */
export class MailComposerTemplateSelector extends Component {
    static template = "mail.MailComposerTemplateSelector";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ count: 0, isLoaded: false, templates: [], text: "" });
    }

    get model() {
        return this.props.record.data.render_model || this.props.record.data.model;
    }

    /** Templates of the model that are everybody's or the user's. */
    get domain() {
        const own = ["|", ["user_id", "=", false], ["user_id", "=", user.userId]];
        const named = this.state.text ? [["name", "ilike", this.state.text]] : [];
        return [["model", "=", this.model], ...own, ...named];
    }

    async load() {
        const limit = OFFERED + 1;
        const found = await this.orm.searchRead("mail.template", this.domain, ["display_name"], { limit });
        Object.assign(this.state, { count: found.length, isLoaded: true, templates: found.slice(0, OFFERED) });
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        return this.load();
    }

    /** Text and recipients become those of the template. */
    select(template) {
        return this.props.record.update({ [this.props.name]: [template.id, template.display_name] });
    }

    /** Ask for the name of a template that says what is written. */
    async saveAsTemplate() {
        const { record } = this.props;
        if (await record.save()) {
            const action = await this.orm.call(record.resModel, "open_template_creation_wizard", [[record.resId]]);
            await this.action.doAction(action);
        }
    }
}

export const mailComposerTemplateSelector = {
    component: MailComposerTemplateSelector,
    displayName: _t("Choice of a template"),
    supportedTypes: ["many2one"],
    fieldDependencies: ["model", "render_model"].map((name) => ({ name, type: "char" })),
    isEmpty: () => false,
};

registry.category("fields").add("mail_composer_template_selector", mailComposerTemplateSelector);
