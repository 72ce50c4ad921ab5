import { Component, useState, useSubEnv } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { getDefaultConfig, View } from "@web/views/view";

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
        useSubEnv({ config: getDefaultConfig() });
        const type = this.env.isSmall ? "kanban" : "list";
        this.viewProps = {
            ...pick(this.props, "context", "domain", "dynamicFilters", "noContentHelp", "resModel", "searchViewId"),
            type,
            views: [[false, type]],
            // the view only serves to choose
            display: { searchPanel: false },
            editable: false,
            // on cards, a click anywhere chooses
            ...(type === "kanban" && { forceGlobalClick: true }),
            noBreadcrumbs: true,
            showButtons: false,
            allowSelectors: this.props.multiSelect,
            onSelectionChanged: (resIds) => {
                this.state.resIds = resIds;
            },
            selectRecord: (resId) => this.select([resId]),
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

registry.category("dialogs").add("select_create", SelectCreateDialog);
