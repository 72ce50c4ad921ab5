import { Component, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, flag, option, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue } from "@web/views/fields/field_value";
import { useDynamicPlaceholder } from "@web/views/fields/dynamic_placeholder_hook";
import { useInputField } from "@web/views/fields/input_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { TranslationButton } from "@web/views/fields/translation_button";

const ARCH_PROPS = {
    placeholder: attr("placeholder"),
    rowCount: attr("rows", Number),
    lineBreaks: flag("line_breaks", true),
    dynamicPlaceholder: flag("dynamic_placeholder"),
    dynamicPlaceholderModelReferenceField: option("dynamic_placeholder_model_reference_field", String, ""),
};
/** Pixels: an empty text looks like a place for several lines. */
const MINIMUM_HEIGHT = 50;

/** Lines of text in an area that grows. */
export class TextField extends Component {
    static template = "web.TextField";
    static components = { TranslationButton };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { lineBreaks: true, dynamicPlaceholder: false, rowCount: 2 };

    setup() {
        this.textareaRef = useInputField({
            refName: "textarea",
            getValue: () => this.value,
            preventLineBreaks: !this.props.lineBreaks,
        });
        useEffect(() => this.resize());
        useEffect(
            (el) => this.followWidth(el),
            () => [this.textareaRef.el]
        );
        if (this.props.dynamicPlaceholder) {
            useDynamicPlaceholder(this.textareaRef);
        }
    }

    /** What is beside an area may come later, and leave it room for fewer words in a line. */
    followWidth(el) {
        if (!el) {
            return () => {};
        }
        let width = el.clientWidth;
        const observer = new ResizeObserver(() => {
            if (el.clientWidth !== width) {
                width = el.clientWidth;
                requestAnimationFrame(() => this.resize());
            }
        });
        observer.observe(el);
        return () => observer.disconnect();
    }

    /** @returns {number} pixels */
    get minimumHeight() {
        return this.props.lineBreaks ? MINIMUM_HEIGHT : 0;
    }

    get isTranslatable() {
        return getField(this.props).translate;
    }

    get value() {
        return getValue(this.props) || "";
    }

    get rowCount() {
        return this.props.lineBreaks ? this.props.rowCount : 1;
    }

    resize() {
        const { el } = this.textareaRef;
        if (el) {
            el.style.height = "auto";
            el.style.height = `${Math.max(el.scrollHeight, this.minimumHeight)}px`;
        }
    }
}

export const textField = {
    component: TextField,
    displayName: _t("Multiline Text"),
    supportedTypes: ["html", "text", "char"],
    ...archProps(ARCH_PROPS),
};

/** Text in a list: one row high. */
export class ListTextField extends TextField {
    static defaultProps = { ...TextField.defaultProps, rowCount: 1 };

    get minimumHeight() {
        return 0;
    }

    get rowCount() {
        return this.props.rowCount;
    }
}

export const listTextField = { ...textField, component: ListTextField };

registry.category("fields").add("text", textField).add("list.text", listTextField);
