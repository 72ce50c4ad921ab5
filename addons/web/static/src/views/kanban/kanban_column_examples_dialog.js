import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** Shows sets of columns, of which one can be taken. */
export class KanbanColumnExamplesDialog extends Component {
    static template = "web.KanbanColumnExamplesDialog";
    static components = { Dialog };
    static props = ["applyExamples", "applyExamplesText", "close", "examples"];

    setup() {
        this.state = useState({ index: 0 });
    }

    get dialogTitle() {
        return _t("Kanban Examples").toString();
    }

    get example() {
        return this.props.examples[this.state.index];
    }

    /** Columns of the set that is shown: names, and whether they are folded. */
    get columns() {
        const { columns, foldedColumns = [] } = this.example;
        return [
            ...columns.map((name) => ({ name: String(name), isFolded: false })),
            ...foldedColumns.map((name) => ({ name: String(name), isFolded: true })),
        ];
    }

    async apply() {
        await this.props.applyExamples(this.state.index);
        this.props.close();
    }
}
