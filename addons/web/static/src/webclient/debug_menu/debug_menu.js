import { DebugMenu } from "@web/core/debug/debug_menu";
import { registry } from "@web/core/registry";

export { DebugMenu };

registry
    .category("systray")
    .add("web.debug_mode_menu", { Component: DebugMenu, isDisplayed: (env) => Boolean(env.debug) }, { sequence: 100 });
