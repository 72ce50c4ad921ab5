import { Component, useState } from "@odoo/owl";
import { RPCError } from "@web/core/network/rpc";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

/** Small form at the top of a column: the name is enough; otherwise the whole form opens. */
export class KanbanQuickCreate extends Component {
    static template = "web.KanbanQuickCreate";
    static props = ["group", "quickCreateView?", "onValidate", "onCancel"];

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.input = useAutofocus({ refName: "name" });
        this.state = useState({ disabled: false, name: "" });
    }

    get context() {
        return this.props.group.list.context;
    }

    async validate(mode) {
        const name = this.state.name.trim();
        if (!name || this.state.disabled) {
            return;
        }
        this.state.disabled = true;
        try {
            const [id] = await this.orm.call(this.props.group.resModel, "name_create", [name], {
                context: this.context,
            });
            this.state.name = "";
            await this.props.onValidate(id, mode);
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.openForm(name);
        } finally {
            this.state.disabled = false;
        }
    }

    openForm(name) {
        this.dialog.add(FormViewDialog, {
            resModel: this.props.group.resModel,
            title: _t("Create"),
            context: { ...this.context, default_name: name },
            onRecordSaved: (record) => this.props.onValidate(record.resId, "close"),
        });
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.validate("add");
        } else if (ev.key === "Escape") {
            this.props.onCancel();
        }
    }
}
