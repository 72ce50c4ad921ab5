import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/**
 * Two values for each field that somebody else changed, too: the user chooses which one is kept. `resolve` gets what
 * was chosen, `{key: true}` for values of the user.
 */
export class SaveConflictDialog extends Component {
    static template = "web.SaveConflictDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        /** `{key, label, mine, theirs, isLost}`; lost: the user's value cannot be kept. */
        entries: Array,
        resolve: Function,
        when: { type: String, optional: true },
        who: { type: String, optional: true },
    };

    setup() {
        this.title = _t("Somebody else has changed this, too");
        this.state = useState({
            /** What is kept, by key: "mine" or "theirs". */
            kept: Object.fromEntries(this.props.entries.map(({ key, isLost }) => [key, isLost ? "theirs" : ""])),
        });
    }

    get isComplete() {
        return Object.values(this.state.kept).every(Boolean);
    }

    /** The two sides of the table, in their order. */
    get sides() {
        const { who } = this.props;
        return [
            { name: "mine", label: _t("Your value") },
            { name: "theirs", label: who ? _t("Stored by %s", who) : _t("Stored value") },
        ];
    }

    keep(key, side) {
        this.state.kept[key] = side;
    }

    keepAll(side) {
        for (const { key, isLost } of this.props.entries) {
            this.state.kept[key] = isLost ? "theirs" : side;
        }
    }

    save() {
        const isMine = Object.entries(this.state.kept).map(([key, side]) => [key, side === "mine"]);
        this.props.resolve(Object.fromEntries(isMine));
        this.props.close();
    }
}
