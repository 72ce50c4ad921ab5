import { Component, onWillStart, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { fuzzyTest } from "@web/core/utils/search";

/** Choice of the fields of an export. */
export class ExportDataDialog extends Component {
    static template = "web.ExportDataDialog";
    static components = { CheckBox, Dialog };
    static props = {
        close: Function,
        context: { optional: true },
        defaultExportList: Array,
        download: Function,
        getExportedFields: Function,
        root: Object,
    };

    setup() {
        this.title = _t("Export Data");
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.known = {};
        this.state = useState({
            isCompatible: false,
            search: "",
            selected: [],
            tree: [],
            open: {},
            children: {},
            format: "xlsx",
            formats: [],
            /** Lists of fields that were saved: all, the one that is shown, and the name of one to be saved. */
            templates: [],
            templateId: /** @type {number|false} */ (false),
            templateName: null,
            dragged: null,
        });
        onWillStart(() => Promise.all([this.loadFormats(), this.loadRoot(), this.loadTemplates()]));
    }

    async loadFormats() {
        this.state.formats = await rpc("/web/export/formats");
        this.state.format = this.state.formats.find((format) => !format.error)?.tag;
    }

    async loadRoot() {
        const fields = await this.props.getExportedFields(this.props.root.resModel, this.state.isCompatible);
        this.remember(fields);
        this.state.tree = fields;
        this.state.open = {};
        this.state.children = {};
        const wanted = this.props.defaultExportList.map((field) => field.name);
        const proposed = wanted.filter((name) => fields.some(({ id }) => id === name));
        const others = this.state.isCompatible ? fields.filter((field) => field.default_export) : [];
        this.state.selected = [...new Set([...proposed, ...others.map(({ id }) => id)])];
    }

    remember(fields) {
        for (const field of fields) {
            this.known[field.id] = field;
        }
    }

    async toggle(field) {
        this.state.open[field.id] = !this.state.open[field.id];
        if (this.state.open[field.id] && !this.state.children[field.id]) {
            const { field_type: parentFieldType, params, string } = field;
            const children = await this.props.getExportedFields(params?.model, this.state.isCompatible, {
                ...params,
                parent_name: string,
                parent_field_type: parentFieldType,
                exclude: [],
            });
            this.remember(children);
            this.state.children[field.id] = children;
        }
    }

    get rows() {
        const walk = (fields, level) =>
            fields.flatMap((field) => {
                const below = this.state.open[field.id] ? walk(this.state.children[field.id] || [], level + 1) : [];
                const isShown = !this.state.search || fuzzyTest(this.state.search, field.string);
                return [...(isShown ? [{ ...field, level }] : []), ...below];
            });
        return walk(this.state.tree, 0);
    }

    get selectedFields() {
        return this.state.selected.map((id) => this.known[id]);
    }

    add(field) {
        if (!this.state.selected.includes(field.id)) {
            this.state.selected.push(field.id);
        }
    }

    remove(id) {
        this.state.selected = this.state.selected.filter((item) => item !== id);
    }

    move(index, step) {
        const [id] = this.state.selected.splice(index, 1);
        this.state.selected.splice(Math.max(0, index + step), 0, id);
    }

    /** The field that is dragged goes where the mouse is. */
    onDragOver(index) {
        const { dragged } = this.state;
        if (dragged !== null && dragged !== index) {
            this.move(dragged, index - dragged);
            this.state.dragged = index;
        }
    }

    async toggleCompatible(value) {
        this.state.isCompatible = value;
        this.state.templateId = false;
        await this.loadRoot();
    }

    // ------------------------------------------------------------------ templates

    async loadTemplates() {
        const domain = [["resource", "=", this.props.root.resModel]];
        this.state.templates = await this.orm.searchRead("ir.exports", domain, ["name"], { order: "name, id" });
    }

    /** @param {string} text id of the list of fields to show; empty: what is proposed without one */
    async chooseTemplate(text) {
        const id = Number(text) || false;
        this.state.templateId = id;
        this.state.templateName = null;
        if (!id) {
            await this.loadRoot();
            return;
        }
        const saved = await rpc("/web/export/namelist", { model: this.props.root.resModel, export_id: id });
        this.remember(saved.map((field) => ({ store: true, ...field, ...this.known[field.id] })));
        this.state.selected = saved.map(({ id }) => id);
    }

    get templateFields() {
        return this.state.selected.map((name) => [0, 0, { name }]);
    }

    /** Keep the fields under a new name, or under that of the template that is shown. */
    async saveTemplate() {
        const { templateId, templateName } = this.state;
        if (templateName === null) {
            await this.orm.write("ir.exports", [templateId], { export_fields: [[5, 0, 0], ...this.templateFields] });
            this.notification.add(_t("The template is saved."), { type: "success" });
            return;
        }
        const name = templateName.trim();
        if (!name) {
            this.notification.add(_t("Give the template a name."), { type: "danger" });
            return;
        }
        const values = { name, resource: this.props.root.resModel, export_fields: this.templateFields };
        const [id] = await this.orm.create("ir.exports", [values]);
        await this.loadTemplates();
        Object.assign(this.state, { templateId: id, templateName: null });
    }

    deleteTemplate() {
        const { templateId } = this.state;
        this.dialog.add(ConfirmationDialog, {
            body: _t("Do you want to delete this template?"),
            confirmLabel: _t("Delete"),
            confirm: async () => {
                await this.orm.unlink("ir.exports", [templateId]);
                await Promise.all([this.loadTemplates(), this.chooseTemplate("")]);
            },
            cancel: () => {},
        });
    }

    async onExport() {
        await this.props.download(this.selectedFields, this.state.isCompatible, this.state.format);
        this.props.close();
    }
}
