import { Component, useState } from "@odoo/owl";
import { CodeEditor } from "@web/core/code_editor/code_editor";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { getValue, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useRecordObserver } from "@web/model/relational_model/utils";

const ARCH_PROPS = { mode: option("mode", String, "qweb") };

/** Source code. */
export class AceField extends Component {
    static template = "web.AceField";
    static components = { CodeEditor };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { mode: "qweb" };

    setup() {
        this.state = useState({ value: "" });
        /** What was typed and is not the record's yet. @type {string|null} */
        this.typed = null;
        useRecordObserver((record, props) => {
            this.state.value = String(getValue({ ...props, record }) || "");
            this.typed = null;
        });
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.commit());
        useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(this.commit()));
    }

    /** @returns {string} language; templates are XML */
    get mode() {
        return this.props.mode === "xml" ? "qweb" : this.props.mode;
    }

    onChange(text) {
        this.typed = text;
        if (text !== this.state.value) {
            this.props.record.model.bus.trigger("FIELD_IS_DIRTY", true);
        }
    }

    async commit() {
        const { typed } = this;
        this.typed = null;
        if (!this.props.readonly && typed !== null && typed !== this.state.value) {
            await setValue(this.props, typed);
        }
        this.props.record.model.bus.trigger("FIELD_IS_DIRTY", false);
    }
}

export const aceField = {
    component: AceField,
    displayName: _t("Code"),
    supportedTypes: ["text", "html", "char"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("ace", aceField).add("code", aceField);
