import { Component, onWillStart, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { rpc } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { fuzzyTest } from "@web/core/utils/search";

/** Function that opens the export of a controller's records. */
export function useExportDialog(controller) {
    const dialog = useService("dialog");
    return () => {
        const { root } = controller.model;
        dialog.add(ExportDataDialog, {
            context: controller.props.context,
            defaultExportList: controller.defaultExportList || [],
            root,
            download: async ({ fields, format, importCompat }) => {
                const ids = root.isDomainSelected ? false : root.selection.map((record) => record.resId);
                await download({
                    url: `/web/export/${format}`,
                    data: {
                        data: JSON.stringify({
                            import_compat: importCompat,
                            context: controller.props.context,
                            domain: root.domain,
                            fields: fields.map(({ id, string, store, type }) => ({
                                name: id,
                                label: string,
                                store,
                                type,
                            })),
                            groupby: root.groupBy || [],
                            ids: ids && ids.length ? ids : false,
                            model: root.resModel,
                        }),
                    },
                });
            },
        });
    };
}

/** Choice of the fields of an export. */
export class ExportDataDialog extends Component {
    static template = "web.ExportDataDialog";
    static components = { CheckBox, Dialog };
    static props = {
        close: Function,
        context: { optional: true },
        defaultExportList: Array,
        download: Function,
        root: Object,
    };

    setup() {
        this.title = _t("Export Data");
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
        });
        onWillStart(async () => {
            this.state.formats = await rpc("/web/export/formats");
            this.state.format = this.state.formats.find((format) => !format.error)?.tag;
            await this.loadRoot();
        });
    }

    async loadRoot() {
        const { resModel, domain } = this.props.root;
        const fields = await rpc("/web/export/get_fields", {
            model: resModel,
            domain,
            import_compat: this.state.isCompatible,
        });
        this.remember(fields);
        this.state.tree = fields;
        this.state.open = {};
        this.state.children = {};
        const wanted = this.props.defaultExportList.map((field) => field.name);
        const chosen = fields.filter((field) =>
            this.state.isCompatible ? field.default_export || wanted.includes(field.id) : wanted.includes(field.id)
        );
        this.state.selected = chosen.map((field) => field.id);
    }

    remember(fields) {
        for (const field of fields) {
            this.known[field.id] = field;
        }
    }

    async toggle(field) {
        this.state.open[field.id] = !this.state.open[field.id];
        if (this.state.open[field.id] && !this.state.children[field.id]) {
            const children = await rpc("/web/export/get_fields", {
                ...field.params,
                import_compat: this.state.isCompatible,
                parent_name: field.string,
                parent_field_type: field.field_type,
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

    async toggleCompatible(value) {
        this.state.isCompatible = value;
        await this.loadRoot();
    }

    async onExport() {
        await this.props.download({
            fields: this.selectedFields,
            format: this.state.format,
            importCompat: this.state.isCompatible,
        });
        this.props.close();
    }
}
