import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** In which order, and below which name, commands are shown. */
registry
    .category("command_categories")
    .add("app", {}, { sequence: 10 })
    .add("smart_action", {}, { sequence: 15 })
    .add("recent", { name: _t("Recently opened") }, { sequence: 20 })
    .add("actions", {}, { sequence: 30 })
    .add("default", {}, { sequence: 50 })
    .add("menus", { name: _t("Menus") }, { sequence: 80 })
    .add("view_switcher", {}, { sequence: 100 })
    .add("debug", {}, { sequence: 110 })
    .add("disabled", {});
