import { Component, useExternalListener, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { LaterColumnExamplesDialog } from "@web/views/later_dialogs";

/** Makes columns of a kanban by their names; examples say which could be of use. */
export class KanbanColumnQuickCreate extends Component {
    static template = "web.KanbanColumnQuickCreate";
    static props = {
        exampleData: { type: [Object, { value: null }], optional: true },
        folded: Boolean,
        groupByField: Object,
        onFoldChange: Function,
        onValidate: Function,
    };

    setup() {
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.input = useAutofocus({ refName: "autofocus" });
        this.state = useState({ hasInputFocused: false, title: "" });
        useExternalListener(window, "pointerdown", ({ target }) => this.onPointerDown(target), { capture: true });
    }

    /** How a column is called here: as the field that makes them. */
    get relatedFieldName() {
        return this.props.groupByField.string;
    }

    get placeholder() {
        return _t("%s...", this.relatedFieldName).toString();
    }

    get canShowExamples() {
        const { allowedGroupBys = [], examples = [] } = this.props.exampleData || {};
        return (
            examples.length > 0 && (!allowedGroupBys.length || allowedGroupBys.includes(this.props.groupByField.name))
        );
    }

    /** A click beside it folds it, unless columns are still to be thought of. */
    onPointerDown(target) {
        if (!this.props.folded && !this.root.el.contains(target) && !target.closest(".o_dialog")) {
            this.fold();
        }
    }

    fold() {
        this.state.title = "";
        this.props.onFoldChange(true);
    }

    unfold() {
        this.props.onFoldChange(false);
    }

    /** Make the column, and be there for the next one. */
    async validate() {
        const title = this.state.title.trim();
        if (title) {
            this.state.title = "";
            await this.props.onValidate(title);
            this.input.el?.focus();
        }
    }

    showExamples() {
        const { applyExamplesText, examples, foldField = "fold" } = this.props.exampleData;
        this.dialog.add(LaterColumnExamplesDialog, {
            examples,
            applyExamplesText: (applyExamplesText || _t("Use This For My Kanban")).toString(),
            applyExamples: async (index) => {
                const { columns, foldedColumns = [] } = examples[index];
                for (const name of columns) {
                    await this.props.onValidate(String(name));
                }
                for (const name of foldedColumns) {
                    await this.props.onValidate(String(name), foldField);
                }
            },
        });
    }

    onInputKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.validate();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.fold();
        }
    }
}
