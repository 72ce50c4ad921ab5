import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useAutofocus, useBus, useService } from "@web/core/utils/hooks";
import { parseXML } from "@web/core/utils/xml";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { FormRenderer } from "@web/views/form/form_renderer";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

const PROPS = ["group", "onValidate", "onCancel"];

/** What the ways to create a record at the top of a column have in common. Subclasses write `create` and `name`. */
class QuickCreation extends Component {
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ disabled: false, name: "" });
    }

    get resModel() {
        return this.props.group.resModel;
    }

    get context() {
        return this.props.group.list.context;
    }

    /** Name that was typed, for the form that opens when it is not enough. @returns {string} */
    get name() {
        return "";
    }

    /** @returns {Promise<number|false>} id of the new record; false: something is missing still */
    async create() {
        return false;
    }

    /** Make room for the next record. */
    async clear() {}

    /** @param {"add"|"edit"} mode what follows: one more, or the form of the new record */
    async validate(mode) {
        if (this.state.disabled) {
            return;
        }
        this.state.disabled = true;
        try {
            const id = await this.create();
            if (id) {
                await this.props.onValidate(id, mode);
                await this.clear();
            }
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.openForm();
        } finally {
            this.state.disabled = false;
        }
    }

    openForm() {
        this.dialog.add(FormViewDialog, {
            resModel: this.resModel,
            title: _t("Create"),
            context: { ...this.context, default_name: this.name },
            onRecordSaved: (record) => this.props.onValidate(record.resId, "close"),
        });
    }

    onKeydown(ev) {
        if (ev.defaultPrevented) {
            return;
        }
        if (ev.key === "Enter" && !ev.target.matches("textarea, button, a")) {
            ev.preventDefault();
            this.validate("add");
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.onCancel();
        }
    }
}

/** The name is enough. */
class NameCreation extends QuickCreation {
    static template = "web.KanbanQuickCreate.Name";
    static props = PROPS;

    setup() {
        super.setup();
        this.input = useAutofocus({ refName: "name" });
    }

    get name() {
        return this.state.name.trim();
    }

    async create() {
        const { context, name, orm, resModel } = this;
        return name && (await orm.call(resModel, "name_create", [name], { context }))[0];
    }

    async clear() {
        this.state.name = "";
    }
}

/** A form says what is asked for. */
export class KanbanQuickCreateController extends QuickCreation {
    static template = "web.KanbanQuickCreate.Form";
    static components = { FormRenderer };
    static props = [...PROPS, "archInfo", "fields", "Compiler", "Model", "Renderer"];

    setup() {
        super.setup();
        const { archInfo, fields, Model } = this.props;
        this.rootRef = useRef("root");
        const services = Object.fromEntries(Model.services.map((name) => [name, useService(name)]));
        // no `useModel`: what is typed stays when the cards below are rendered again
        this.model = useState(new Model(this.env, { config: this.configOf(archInfo, fields) }, services));
        useBus(this.model.bus, "update", () => this.render(true));
        onWillStart(() => this.model.load());
        useEffect(
            () => this.focusFirst(),
            () => [this.model.root.id]
        );
    }

    configOf(archInfo, fields) {
        const { context, resModel } = this;
        const isNew = { resId: false, resIds: [], isMonoRecord: true, mode: "edit" };
        return { resModel, context, ...isNew, ...extractFieldsFromArchInfo(archInfo, fields) };
    }

    get name() {
        const { display_name: displayName, name } = this.model.root.data;
        return name || displayName || "";
    }

    async create() {
        const record = this.model.root;
        return (await record.save({ reload: false })) && record.resId;
    }

    async clear() {
        await this.model.load({ resId: false });
    }

    focusFirst() {
        const inputs = this.rootRef.el?.querySelectorAll("input:not([type='hidden']), textarea") || [];
        /** @type {HTMLElement} */ ([...inputs].find((input) => input.offsetParent))?.focus();
    }
}

/** Small form at the top of a column: the one that the arch names, else a name. When that is not enough, all fields. */
export class KanbanRecordQuickCreate extends Component {
    static template = "web.KanbanRecordQuickCreate";
    static components = { KanbanQuickCreateController, NameCreation };
    static props = [...PROPS, "quickCreateView?"];

    setup() {
        this.viewService = useService("view");
        onWillStart(() => this.loadForm());
    }

    get usualProps() {
        const { group, onCancel, onValidate } = this.props;
        return { group, onCancel, onValidate };
    }

    async loadForm() {
        const { group, quickCreateView } = this.props;
        if (!quickCreateView) {
            return;
        }
        const context = { ...group.list.context, form_view_ref: quickCreateView };
        const { resModel } = group;
        const { fields, relatedModels, views } = await this.viewService.loadViews({
            context,
            resModel,
            views: [[false, "form"]],
        });
        const { ArchParser, Compiler, Model, Renderer } = registry.category("views").get("form");
        const archInfo = new ArchParser().parse(parseXML(views.form.arch), relatedModels, resModel);
        this.formProps = { archInfo, fields, Compiler, Model, Renderer };
    }
}
