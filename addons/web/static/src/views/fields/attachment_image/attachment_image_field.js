import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Picture of an attachment, as cards have on their cover. */
export class AttachmentImageField extends Component {
    static template = xml`
        <div class="o_attachment_image" t-if="attachmentId">
            <img class="img-fluid" loading="lazy" t-attf-src="/web/image/{{ attachmentId }}" t-att-alt="name"/>
        </div>`;
    static props = { ...standardFieldProps };

    get attachmentId() {
        return getValue(this.props)?.[0];
    }

    get name() {
        return getValue(this.props)?.[1] || "";
    }
}

export const attachmentImageField = {
    component: AttachmentImageField,
    displayName: _t("Attachment Image"),
    supportedTypes: ["many2one"],
};

registry.category("fields").add("attachment_image", attachmentImageField);
