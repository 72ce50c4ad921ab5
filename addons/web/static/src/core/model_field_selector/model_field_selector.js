import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ModelFieldSelectorPopover } from "@web/core/model_field_selector/model_field_selector_popover";
import { useLoadFieldInfo, useLoadPathDescription } from "@web/core/model_field_selector/utils";
import { usePopover } from "@web/core/popover/popover_hook";
import { KeepLast } from "@web/core/utils/concurrency";
import { usePrepared } from "@web/core/utils/hooks";

/** Choice of a field of a model, or of one that relations lead to. */
export class ModelFieldSelector extends Component {
    static template = "web._ModelFieldSelector";
    static props = {
        allowEmpty: { type: Boolean, optional: true },
        filter: { type: Function, optional: true },
        followRelations: { type: Boolean, optional: true },
        isDebugMode: { type: Boolean, optional: true },
        path: { optional: true },
        readonly: { type: Boolean, optional: true },
        resModel: String,
        showDebugInput: { type: Boolean, optional: true },
        showSearchInput: { type: Boolean, optional: true },
        update: { type: Function, optional: true },
    };
    static defaultProps = {
        allowEmpty: false,
        followRelations: true,
        isDebugMode: false,
        readonly: true,
        showSearchInput: true,
        update: () => {},
    };

    setup() {
        this.loadFieldInfo = useLoadFieldInfo();
        this.loadPathDescription = useLoadPathDescription();
        this.keepLast = new KeepLast();
        /** Labels of the steps of the path, and whether it leads somewhere. */
        this.description = { isInvalid: false, displayNames: [] };
        this.popover = usePopover(ModelFieldSelectorPopover, {
            popoverClass: "o_popover_field_selector",
            position: "bottom-start",
            onClose: () => this.onPopoverClosed(),
        });
        usePrepared((props) => this.describe(props));
    }

    async describe({ resModel, path, allowEmpty }) {
        this.description = await this.keepLast.add(this.loadPathDescription(resModel, path, allowEmpty));
    }

    get label() {
        return this.description.displayNames.join(" → ") || _t("Select a field").toString();
    }

    open(ev) {
        if (this.props.readonly || this.popover.isOpen) {
            return;
        }
        this.target = ev.currentTarget;
        this.chosen = null;
        const { filter, followRelations, isDebugMode, path, resModel, showDebugInput, showSearchInput } = this.props;
        this.popover.open(this.target, {
            ...(filter && { filter }),
            followRelations,
            isDebugMode,
            path,
            resModel,
            showDebugInput: showDebugInput ?? isDebugMode,
            showSearchInput,
            update: (chosenPath) => {
                this.chosen = { path: chosenPath };
            },
        });
    }

    async onPopoverClosed() {
        const { chosen } = this;
        this.chosen = null;
        if (this.target.isConnected) {
            this.target.focus();
        }
        if (chosen && chosen.path !== this.props.path) {
            this.props.update(chosen.path, await this.loadFieldInfo(this.props.resModel, chosen.path));
        }
    }

    clear() {
        this.popover.close();
        this.props.update("", { resModel: this.props.resModel, fieldDef: null });
    }
}
