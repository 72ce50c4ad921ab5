import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useExportDialog } from "@web/views/view_dialogs/export_data_dialog";

/**
 * Actions that concern the selection of a list or kanban view.
 *
 * @param {Object} controller has `model`, `props`, `activeActions`, `archInfo`, `dialogService`
 */
export function useSelectionActions(controller) {
    const openExport = useExportDialog(controller);
    const hasArchive = () => {
        const field = controller.props.fields.active || controller.props.fields.x_active;
        return Boolean(field) && !field.readonly;
    };

    const confirmArchive = () => {
        controller.dialogService.add(ConfirmationDialog, {
            title: _t("Archive"),
            body: _t("Do you want to archive the selected records?"),
            confirmLabel: _t("Archive"),
            confirm: () => controller.model.root.archive(true),
            cancel: () => {},
        });
    };

    const staticItems = () => ({
        export: {
            isAvailable: () => controller.isExportEnable,
            sequence: 10,
            icon: "fa fa-upload",
            description: _t("Export"),
            callback: () => openExport(),
        },
        duplicate: {
            isAvailable: () => controller.activeActions.duplicate,
            sequence: 30,
            icon: "fa fa-clone",
            description: _t("Duplicate"),
            callback: () => controller.model.root.duplicateRecords(),
        },
        archive: {
            isAvailable: () => hasArchive() && controller.activeActions.edit,
            sequence: 40,
            icon: "fa fa-archive",
            description: _t("Archive"),
            callback: confirmArchive,
        },
        unarchive: {
            isAvailable: () => hasArchive() && controller.activeActions.edit,
            sequence: 45,
            icon: "fa fa-folder-open",
            description: _t("Unarchive"),
            callback: () => controller.model.root.unarchive(true),
        },
        delete: {
            isAvailable: () => controller.activeActions.delete,
            sequence: 50,
            icon: "fa fa-trash-o",
            description: _t("Delete"),
            class: "text-danger",
            callback: () => controller.onDeleteSelectedRecords(),
        },
    });

    return {
        staticItems,
        get items() {
            const { actionMenus } = controller.props.info;
            const entries = Object.entries(controller.getStaticActionMenuItems())
                .filter(([, item]) => item.isAvailable === undefined || item.isAvailable())
                .sort(([, a], [, b]) => (a.sequence || 0) - (b.sequence || 0))
                .map(([key, item]) => ({ key, groupNumber: 100, ...item }));
            return { action: [...entries, ...(actionMenus?.action || [])], print: actionMenus?.print || [] };
        },
        menuProps() {
            const { root } = controller.model;
            return {
                getActiveIds: () => root.selection.map((record) => record.resId),
                context: controller.props.context,
                domain: controller.props.domain,
                items: this.items,
                isDomainSelected: root.isDomainSelected,
                resModel: root.resModel,
                onActionExecuted: () => controller.model.load(),
            };
        },
    };
}
