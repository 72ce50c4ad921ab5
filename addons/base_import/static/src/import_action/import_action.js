import { Component, onWillStart, useRef } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { checkFileSize } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ImportColumn } from "../import_columns/import_columns";
import { useImportModel } from "../import_model";
import { ImportDataSidepanel } from "../import_data_sidepanel/import_data_sidepanel";
import { rowsText } from "../import_problems";

/** The page of an import: choose a file, say where its columns go, try, import. */
export class ImportAction extends Component {
    static template = "base_import.ImportAction";
    static components = { ImportColumn, ImportDataSidepanel, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        /** @type {{el: HTMLInputElement|null}} */
        this.input = useRef("input");
        this.root = useRef("root");
        this.display = { controlPanel: {} };
        const { params = {} } = this.props.action;
        this.resModel = params.active_model || params.model;
        this.props.updateActionState?.({ active_model: this.resModel });
        this.env.config.setDisplayName?.(this.props.action.name || _t("Import"));
        this.model = useImportModel({ resModel: this.resModel, context: params.context || {} });
        useDropzone(
            this.root,
            (ev) => this.onFiles(ev.dataTransfer.files),
            "",
            () => !this.model.progress
        );
        useSetupAction({
            rootRef: this.root,
            beforeLeave: async () => !this.model.progress,
            beforeUnload: (ev) => this.model.progress && ev.preventDefault(),
        });
        onWillStart(() => this.resModel && this.model.init());
    }

    get accepted() {
        return ".csv,.xlsx,.xls,.ods";
    }

    chooseFile() {
        this.input.el.value = "";
        this.input.el.click();
    }

    /** @param {FileList|File[]} files */
    async onFiles(files) {
        const [file] = files;
        if (file && !this.model.progress && checkFileSize(file.size, this.notification)) {
            await this.model.setFile(file);
        }
    }

    async test() {
        await this.model.executeImport(true);
    }

    async import() {
        const ids = await this.model.executeImport();
        const { failed, isStopped } = this.model.outcome;
        if (failed || isStopped) {
            return;
        }
        for (const warning of this.model.warnings) {
            this.notification.add(warning, { type: "warning", sticky: true });
        }
        this.notification.add(this.model.outcomeText, {
            type: "success",
            buttons: [{ name: _t("Show them"), onClick: () => this.showRecords(ids) }],
        });
        this.leave();
    }

    showRecords(ids) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Imported records"),
            res_model: this.resModel,
            domain: [["id", "in", ids]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    leave() {
        if (this.env.config.breadcrumbs?.length > 1) {
            this.env.config.historyBack();
        } else {
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: this.resModel,
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            });
        }
    }

    // progress

    get percentage() {
        const { done } = this.model.progress;
        return this.model.total ? Math.round((100 * done) / this.model.total) : 0;
    }

    get doneText() {
        return _t("%(done)s of %(total)s rows", { done: this.model.progress.done, total: this.model.total });
    }

    /** How long it takes from here, as far as that is known. */
    get remaining() {
        const { done, from, startedAt } = this.model.progress;
        if (done <= from) {
            return "";
        }
        const perRow = (Date.now() - startedAt) / (done - from);
        const seconds = Math.round((perRow * (this.model.total - done)) / 1000);
        return seconds > 90
            ? _t("about %s minutes left", Math.round(seconds / 60))
            : _t("about %s seconds left", seconds);
    }

    rowsText(problem) {
        return rowsText(problem);
    }
}

registry.category("actions").add("import", ImportAction, { force: true });
