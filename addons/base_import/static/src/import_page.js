/** The page that imports records; what it consists of comes when somebody opens it. */
import { laterComponent } from "@web/core/later/later";
import { registry } from "@web/core/registry";

const BUNDLE = "base_import.assets_backend_lazy";
const actions = registry.category("actions");

export const ImportPage = laterComponent(
    BUNDLE,
    async () => (await import("@base_import/import_action/import_action")).ImportAction
);

// where an addon changes the page, it is there already
if (!actions.contains("import")) {
    actions.add("import", ImportPage);
}
