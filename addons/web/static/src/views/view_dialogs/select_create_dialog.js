import { Component, useState, useSubEnv } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { View } from "@web/views/view";

/** Search among records to choose one or several. */
export class SelectCreateDialog extends Component {
    static template = "web.SelectCreateDialog";
    static components = { Dialog, View };
    static props = {
        context: { type: Object, optional: true },
        domain: { type: Array, optional: true },
        dynamicFilters: { type: Array, optional: true },
        resModel: String,
        searchViewId: { type: [Number, { value: false }], optional: true },
        multiSelect: { type: Boolean, optional: true },
        onSelected: { type: Function, optional: true },
        close: { type: Function, optional: true },
        onCreateEdit: { type: Function, optional: true },
        title: { optional: true },
        noCreate: { type: Boolean, optional: true },
        onUnselect: { type: Function, optional: true },
        noContentHelp: { optional: true },
        size: { optional: true },
    };
    static defaultProps = { dynamicFilters: [], multiSelect: true, searchViewId: false, domain: [], context: {} };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ resIds: [] });
        useSubEnv({
            config: { breadcrumbs: [], setDisplayName: () => {}, getDisplayName: () => "", viewSwitcherEntries: [] },
        });
        const type = this.env.isSmall ? "kanban" : "list";
        this.viewProps = {
            type,
            views: [[false, type]],
            resModel: this.props.resModel,
            context: this.props.context,
            domain: this.props.domain,
            dynamicFilters: this.props.dynamicFilters,
            searchViewId: this.props.searchViewId,
            display: { searchPanel: false },
            editable: false,
            noBreadcrumbs: true,
            noContentHelp: this.props.noContentHelp,
            showButtons: false,
            allowSelectors: this.props.multiSelect,
            selectRecord: (resId) => this.select([resId]),
            onSelectionChanged: (resIds) => {
                this.state.resIds = resIds;
            },
        };
    }

    async executeOnceAndClose(callback) {
        await callback();
        this.props.close();
    }

    select(resIds) {
        return this.executeOnceAndClose(() => this.props.onSelected?.(resIds));
    }

    unselect() {
        return this.executeOnceAndClose(() => this.props.onUnselect?.());
    }

    async createEditRecord() {
        if (this.props.onCreateEdit) {
            await this.executeOnceAndClose(() => this.props.onCreateEdit());
        } else {
            this.dialog.add(FormViewDialog, {
                context: this.props.context,
                resModel: this.props.resModel,
                title: _t("Create"),
                onRecordSaved: (record) => this.select([record.resId]),
            });
        }
    }
}
