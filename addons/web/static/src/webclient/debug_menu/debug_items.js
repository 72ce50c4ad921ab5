/** Tools for developers that are there on every page. */
import { browser } from "@web/core/browser/browser";
import { becomeSuperuser, regenerateAssets } from "@web/core/debug/debug_menu_items";
import { goToMode } from "@web/core/debug/debug_providers";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";

registry
    .category("debug_section")
    .add("record", { label: _t("Record"), sequence: 10 })
    .add("records", { label: _t("Records"), sequence: 10 })
    .add("ui", { label: _t("User Interface"), sequence: 20 })
    .add("security", { label: _t("Security"), sequence: 30 })
    .add("testing", { label: _t("Tests & Tours"), sequence: 40 })
    .add("tools", { label: _t("Tools"), sequence: 50 });

function tool(sequence, description, callback) {
    return { type: "item", section: "tools", sequence, description, callback };
}

/** Choose a view, and show it. */
export function openView({ accessRights, env }) {
    const { action, dialog, orm } = env.services;
    const show = async ([id]) => {
        const [{ model, name, type }] = await orm.read("ir.ui.view", [id], ["name", "model", "type"]);
        await action.doAction({ type: "ir.actions.act_window", name, res_model: model, views: [[id, type]] });
    };
    const choose = () =>
        dialog.add(SelectCreateDialog, {
            resModel: "ir.ui.view",
            title: _t("Select a view"),
            multiSelect: false,
            noCreate: !accessRights.canEditView,
            domain: [["type", "not in", ["qweb", "search"]]],
            onSelected: show,
        });
    return tool(540, _t("Open View"), choose);
}

const UNIT_TESTS = "/web/tests?debug=assets";

function testing(sequence, description, callback) {
    return { type: "item", section: "testing", sequence, description, callback };
}

/** The unit tests of the addons, on a page of their own. */
export function runUnitTests() {
    const open = () => browser.open(UNIT_TESTS, "_blank");
    return { ...testing(450, _t("Run Unit Tests"), open), href: UNIT_TESTS };
}

/** Choose a tour, and watch it; tours are there in test mode. */
export function startTour({ env }) {
    const { odoo } = globalThis;
    const tours = registry.category("web_tour.tours").getEntries();
    if (!odoo.startTour || !tours.length) {
        return null;
    }
    const commands = tours.map(([name]) => ({ name, action: () => odoo.startTour(name, { stepDelay: 500 }) }));
    const choose = () =>
        env.services.command.openPalette({
            placeholder: _t("Choose a tour..."),
            providers: [{ provide: () => commands }],
        });
    return testing(460, _t("Start Tour"), choose);
}

function activateTestMode({ env }) {
    const isTested = env.debug.includes("tests");
    return isTested ? null : tool(580, _t("Activate Test Mode"), () => goToMode("assets,tests"));
}

function leaveDebugMode() {
    return tool(650, _t("Leave debug mode"), () => goToMode("0"));
}

registry
    .category("debug")
    .category("default")
    .add("runUnitTests", runUnitTests)
    .add("startTour", startTour)
    .add("openView", openView)
    .add("regenerateAssets", regenerateAssets)
    .add("becomeSuperuser", becomeSuperuser)
    .add("activateTestMode", activateTestMode)
    .add("leaveDebugMode", leaveDebugMode);
