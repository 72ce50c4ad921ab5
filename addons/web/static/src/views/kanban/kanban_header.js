import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

const formatters = registry.category("formatters");

/** Head of a kanban column. */
export class KanbanHeader extends Component {
    static template = "web.KanbanHeader";
    static components = { Dropdown, DropdownItem };
    static props = [
        "activeActions",
        "canQuickCreate",
        "group",
        "list",
        "deleteGroup?",
        "quickCreate?",
        "progressAttributes?",
        "counts?",
        "scrollTop?",
        "*",
    ];

    setup() {
        this.dialog = useService("dialog");
    }

    get group() {
        return this.props.group;
    }

    get title() {
        return this.group.displayName || _t("None");
    }

    get aggregate() {
        const { progressAttributes } = this.props;
        const field = progressAttributes?.sumField;
        if (!field || this.group.aggregates[field.name] === undefined) {
            return "";
        }
        return formatters.get(field.type)(this.group.aggregates[field.name] || 0, {
            humanReadable: true,
            decimals: 0,
            minDigits: 3,
            digits: [16, 0],
        });
    }

    get bars() {
        const { counts, progressAttributes } = this.props;
        const values = counts || {};
        const total = this.group.count || 1;
        return Object.entries(progressAttributes.colors)
            .filter(([value]) => values[value])
            .map(([value, color]) => ({ value, color, count: values[value], width: (values[value] / total) * 100 }));
    }

    get canEditGroup() {
        return (
            this.props.activeActions.editGroup &&
            this.group.groupByField.type === "many2one" &&
            Boolean(this.group.value)
        );
    }

    get canDeleteGroup() {
        return (
            this.props.activeActions.deleteGroup &&
            this.group.groupByField.type === "many2one" &&
            Boolean(this.group.value)
        );
    }

    editGroup() {
        this.dialog.add(FormViewDialog, {
            resModel: this.group.groupByField.relation,
            resId: this.group.value,
            title: _t("Edit: %s", this.title),
            onRecordSaved: () => this.props.list.model.load(),
        });
    }

    deleteGroup() {
        this.dialog.add(ConfirmationDialog, {
            body: _t("Do you want to delete this column?"),
            confirm: () => this.props.list.deleteGroups([this.group]),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            cancel: () => {},
        });
    }
}
