import { Component, useEffect, useRef, useSubEnv, xml } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { Notebook } from "@web/core/notebook/notebook";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { useBus, useService } from "@web/core/utils/hooks";
import { Field } from "@web/views/fields/field";
import { ButtonBox } from "@web/views/form/button_box/button_box";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormLabel } from "@web/views/form/form_label";
import { Setting } from "@web/views/form/setting/setting";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";
import { StatusBarDropdownItems } from "@web/views/form/status_bar_dropdown_items/status_bar_dropdown_items";
import { useViewCompiler } from "@web/views/view_compiler";
import { ViewButton } from "@web/views/view_button/view_button";
import { Widget } from "@web/views/widgets/widget";

/** What a new record is begun with. */
const FOCUSED = [
    ".o_field_widget input:not([disabled]):not([type='hidden']):not(.d-none)",
    ".o_field_widget textarea:not([disabled])",
    ".o_field_widget [contenteditable='true']",
].join();

/** Renders the compiled arch of a form for a record. */
export class FormRenderer extends Component {
    static template = xml`<t t-call="{{ templates.FormRenderer }}"/>`;
    static components = {
        ...{ ButtonBox, Field, FormLabel, Notebook, Setting, StatusBarButtons, StatusBarDropdownItems },
        ...{ ViewButton, Widget },
    };
    static defaultProps = { activeNotebookPages: {}, onNotebookPageChange: () => {} };
    /** @type {Object} */
    static props = {
        archInfo: Object,
        Compiler: { type: Function, optional: true },
        record: Object,
        class: { type: String, optional: true },
        saveRecord: { type: Function, optional: true },
        setFieldAsDirty: { type: Function, optional: true },
        slots: { type: Object, optional: true },
        allowsQuickCreate: { optional: true },
        activeNotebookPages: { optional: true },
        onNotebookPageChange: { optional: true },
        readonly: { optional: true },
        "*": true,
    };

    setup() {
        // compiled templates evaluate modifiers by it
        this.evaluateBooleanExpr = evaluateBooleanExpr;
        const { archInfo, Compiler = FormCompiler } = this.props;
        this.templates = useViewCompiler(Compiler, { FormRenderer: archInfo.xmlDoc });
        this.rootRef = useRef("compiled_view_root");
        this.uiService = useService("ui");
        useBus(this.uiService.bus, "resize", () => this.render());
        useSubEnv({ model: this.props.record.model });
        if (!archInfo.disableAutofocus) {
            useEffect(
                (isNew, root) => isNew && root && this.focusFirst(root),
                () => [this.props.record.isNew, this.rootRef.el]
            );
        }
    }

    /** The name under which compiled templates reach their component. */
    get __comp__() {
        return this;
    }

    focusFirst(root) {
        if (hasTouch()) {
            return;
        }
        const preferred = this.props.archInfo.autofocusFieldIds
            .map((id) => root.querySelector(`#${CSS.escape(id)}`))
            .find(Boolean);
        const inputs = root.querySelectorAll(FOCUSED);
        const target =
            preferred || [...inputs].find((el) => el.offsetParent && !["checkbox", "radio"].includes(el.type));
        if (target) {
            target.focus();
            target.select?.();
        }
    }
}
