/** What addons do in the bundle of the page: a plugin of their own. */
import { Plugin } from "@html_editor/plugin";
import { MAIN_PLUGINS } from "@html_editor/plugin_sets";

export class EarlyPlugin extends Plugin {
    static id = "early";
}

export const plugins = [...MAIN_PLUGINS, EarlyPlugin];
