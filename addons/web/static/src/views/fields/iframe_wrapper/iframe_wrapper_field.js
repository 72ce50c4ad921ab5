import { Component, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A whole page of HTML, such as the preview of a document, apart from the styles and scripts of the client. */
export class IframeWrapperField extends Component {
    static template = "web.IframeWrapperField";
    static props = { ...standardFieldProps };

    setup() {
        /** @type {{el: HTMLIFrameElement | null}} */
        this.frame = useRef("frame");
        useEffect(
            (page) => {
                this.frame.el.srcdoc = page;
            },
            () => [String(getValue(this.props) || "")]
        );
    }
}

export const iframeWrapperField = {
    component: IframeWrapperField,
    displayName: _t("Preview of a page"),
    supportedTypes: ["html", "text"],
};

registry.category("fields").add("iframe_wrapper", iframeWrapperField);
