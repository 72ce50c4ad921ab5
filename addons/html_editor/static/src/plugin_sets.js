/** Plugins that make up an editor. */
import { ClipboardPlugin } from "@html_editor/core/clipboard_plugin";
import { DialogPlugin, OverlayPlugin } from "@html_editor/core/dialog_plugin";
import { DomPlugin } from "@html_editor/core/dom_plugin";
import { FormatPlugin } from "@html_editor/core/format_plugin";
import { HistoryPlugin } from "@html_editor/core/history_plugin";
import { ProsePlugin } from "@html_editor/core/prose_plugin";
import { SelectionPlugin } from "@html_editor/core/selection_plugin";
import { ShortcutPlugin } from "@html_editor/core/shortcut_plugin";
import { UserCommandPlugin } from "@html_editor/core/user_command_plugin";
import { DeletePlugin, LineBreakPlugin, SplitPlugin } from "@html_editor/core/writing_plugin";
import { ColorPlugin } from "@html_editor/main/color/color_plugin";
import { FontPlugin } from "@html_editor/main/font_plugin";
import { HintPlugin } from "@html_editor/main/hint_plugin";
import { AlignPlugin, TabulationPlugin, TextDirectionPlugin } from "@html_editor/main/layout_plugins";
import { LinkPlugin } from "@html_editor/main/link/link_plugin";
import { ListPlugin } from "@html_editor/main/list_plugin";
import { ImagePlugin } from "@html_editor/main/media/image_plugin";
import { MediaPlugin } from "@html_editor/main/media/media_plugin";
import { PowerboxPlugin } from "@html_editor/main/powerbox/powerbox_plugin";
import { SuggestionPlugin } from "@html_editor/main/powerbox/suggestion_plugin";
import {
    BannerPlugin,
    EmojiPlugin,
    InlineCodePlugin,
    SignaturePlugin,
    StarPlugin,
} from "@html_editor/main/small_plugins";
import { TablePlugin } from "@html_editor/main/table/table_plugin";
import { ToolbarPlugin } from "@html_editor/main/toolbar/toolbar_plugin";
import { CollaborationOdooPlugin } from "@html_editor/others/collaboration/collaboration_odoo_plugin";
import { CollaborationPlugin } from "@html_editor/others/collaboration/collaboration_plugin";
import { CollaborationSelectionPlugin } from "@html_editor/others/collaboration/collaboration_selection_plugin";
import { DynamicPlaceholderPlugin } from "@html_editor/others/dynamic_placeholder_plugin";
import { EmbeddedComponentPlugin } from "@html_editor/others/embedded_component_plugin";
import { QWebPlugin } from "@html_editor/others/qweb_plugin";
import { TableOfContentPlugin } from "@html_editor/others/table_of_content_plugin";

export const CORE_PLUGINS = [
    ProsePlugin,
    UserCommandPlugin,
    SelectionPlugin,
    HistoryPlugin,
    DialogPlugin,
    OverlayPlugin,
    ClipboardPlugin,
    FormatPlugin,
    DomPlugin,
    LineBreakPlugin,
    SplitPlugin,
    DeletePlugin,
    ShortcutPlugin,
];

export const MAIN_PLUGINS = [
    ...CORE_PLUGINS,
    SuggestionPlugin,
    PowerboxPlugin,
    // groups of the toolbar, and categories of the powerbox, are in this order
    FontPlugin,
    InlineCodePlugin,
    ColorPlugin,
    AlignPlugin,
    ListPlugin,
    LinkPlugin,
    TablePlugin,
    ImagePlugin,
    MediaPlugin,
    TabulationPlugin,
    BannerPlugin,
    EmojiPlugin,
    SignaturePlugin,
    StarPlugin,
    TextDirectionPlugin,
    HintPlugin,
    ToolbarPlugin,
];

export const EMBEDDED_COMPONENT_PLUGINS = [EmbeddedComponentPlugin, TableOfContentPlugin];

export const DYNAMIC_PLACEHOLDER_PLUGINS = [DynamicPlaceholderPlugin, QWebPlugin];

export const COLLABORATION_PLUGINS = [CollaborationPlugin, CollaborationOdooPlugin, CollaborationSelectionPlugin];

export const EXTRA_PLUGINS = [...COLLABORATION_PLUGINS, ...MAIN_PLUGINS, ...EMBEDDED_COMPONENT_PLUGINS, QWebPlugin];
