import { Plugin as ProseKeys } from "prosemirror-state";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { Plugin } from "@html_editor/plugin";

/** Keys of commands: `shortcuts` is a list of `{hotkey, commandId, commandParams}`. */
export class ShortcutPlugin extends Plugin {
    static id = "shortcut";
    static dependencies = ["userCommand"];

    resources = {
        prose_plugins: [new ProseKeys({ props: { handleKeyDown: (_view, ev) => this.onKeydown(ev) } })],
    };

    /** Keys of the editor are not those of the page around it. */
    onKeydown(ev) {
        const hotkey = getActiveHotkey(ev);
        for (const shortcut of this.getResource("shortcuts")) {
            const command = shortcut.hotkey === hotkey && this.dependencies.userCommand.getCommand(shortcut.commandId);
            if (command && (command.isAvailable?.() ?? true)) {
                command.run(shortcut.commandParams);
                ev.stopPropagation();
                return true;
            }
        }
        return false;
    }
}
