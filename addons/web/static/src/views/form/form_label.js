import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { fieldVisualFeedback } from "@web/views/fields/field";
import { fieldTooltip } from "@web/views/utils";

/** Label of a field in a form. */
export class FormLabel extends Component {
    static template = "web.FormLabel";
    static props = {
        fieldInfo: { type: Object, optional: true },
        record: { type: Object },
        fieldName: { type: String },
        className: { type: String, optional: true },
        string: { type: String, optional: true },
        id: { type: String },
        notMuttedLabel: { type: Boolean, optional: true },
    };

    get className() {
        const { className, fieldInfo, fieldName, record } = this.props;
        if (!fieldInfo) {
            return `o_form_label ${className || ""}`;
        }
        const { invalid, empty, readonly, required } = fieldVisualFeedback(
            fieldInfo.field,
            record,
            fieldName,
            fieldInfo
        );
        const classes = ["o_form_label", className];
        if (invalid) {
            classes.push("o_field_invalid");
        }
        if (empty && !this.props.notMuttedLabel) {
            classes.push("o_form_label_empty");
        }
        if (readonly) {
            classes.push("o_form_label_readonly");
        }
        if (required) {
            classes.push("o_form_label_required");
        }
        return classes.filter(Boolean).join(" ");
    }

    get string() {
        const { string, fieldInfo, record, fieldName } = this.props;
        return string ?? (fieldInfo?.string || record.fields[fieldName]?.string || "");
    }

    get hasTooltip() {
        return Boolean(globalThis.odoo.debug) || Boolean(this.tooltipHelp);
    }

    /** Whether the user works for several companies. */
    get hasCompanies() {
        return Object.keys(this.env.services.company?.allowedCompanies || {}).length > 1;
    }

    get tooltipHelp() {
        const field = this.props.record.fields[this.props.fieldName];
        const help = this.props.fieldInfo?.help || field?.help || "";
        const isOfCompany = field?.company_dependent && this.hasCompanies;
        const sentences = [help, isOfCompany && _t("Each company has a value of its own here.").toString()];
        return sentences.filter(Boolean).join("\n\n");
    }

    get tooltipInfo() {
        const { fieldInfo, fieldName, record } = this.props;
        return fieldTooltip("form", record, { ...fieldInfo, name: fieldName, help: this.tooltipHelp });
    }
}
