/** What is loaded later, for those who are there from the beginning. */
import { registry } from "@web/core/registry";
import { Editor } from "@html_editor/editor";
import {
    COLLABORATION_PLUGINS,
    DYNAMIC_PLACEHOLDER_PLUGINS,
    EMBEDDED_COMPONENT_PLUGINS,
    EXTRA_PLUGINS,
    MAIN_PLUGINS,
} from "@html_editor/plugin_sets";
import { Wysiwyg } from "@html_editor/wysiwyg";

registry
    .category("html_editor")
    .add("Editor", Editor)
    .add("Wysiwyg", Wysiwyg)
    .add("COLLABORATION_PLUGINS", COLLABORATION_PLUGINS)
    .add("MAIN_PLUGINS", MAIN_PLUGINS)
    .add("EMBEDDED_COMPONENT_PLUGINS", EMBEDDED_COMPONENT_PLUGINS)
    .add("EXTRA_PLUGINS", EXTRA_PLUGINS)
    .add("DYNAMIC_PLACEHOLDER_PLUGINS", DYNAMIC_PLACEHOLDER_PLUGINS);
