/** Dialogs of views that are seldom opened: they are loaded when they are. */
import { laterDialog } from "@web/core/later/later";

const BUNDLE = "web.dialogs_backend_lazy";

export const LaterExportDataDialog = laterDialog(
    BUNDLE,
    async () => (await import("@web/views/view_dialogs/export_data_dialog")).ExportDataDialog
);
export const LaterExplainAccessDialog = laterDialog(
    BUNDLE,
    async () => (await import("@web/views/explain_access_dialog")).ExplainAccessDialog
);
export const LaterSignatureDialog = laterDialog(
    BUNDLE,
    async () => (await import("@web/core/signature/signature_dialog")).SignatureDialog
);
export const LaterCoverImageDialog = laterDialog(
    BUNDLE,
    async () => (await import("@web/views/kanban/kanban_cover_image_dialog")).KanbanCoverImageDialog
);
export const LaterColumnExamplesDialog = laterDialog(
    BUNDLE,
    async () => (await import("@web/views/kanban/kanban_column_examples_dialog")).KanbanColumnExamplesDialog
);

/** Dialogs of the debug menu, by the names of their classes. */
const debugDialog = (name) => laterDialog(BUNDLE, async () => (await import("@web/views/debug_dialogs"))[name]);
export const LaterComputedArchDialog = debugDialog("ComputedArchDialog");
export const LaterMetadataDialog = debugDialog("MetadataDialog");
export const LaterRawRecordDialog = debugDialog("RawRecordDialog");
export const LaterSetDefaultDialog = debugDialog("SetDefaultDialog");
