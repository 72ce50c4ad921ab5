import { Component, useChildSubEnv, useEffect, useRef, useState } from "@odoo/owl";
import { useDialogDraggable } from "@web/core/dialog/dialog_drag_hook";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useActiveElement } from "@web/core/ui/ui_service";
import { useBus, useService } from "@web/core/utils/hooks";

/** Frame of modal dialogs; content comes by slots. */
export class Dialog extends Component {
    static template = "web.Dialog";
    static props = {
        contentClass: { type: String, optional: true },
        bodyClass: { type: String, optional: true },
        fullscreen: { type: Boolean, optional: true },
        footer: { type: Boolean, optional: true },
        header: { type: Boolean, optional: true },
        size: { type: String, optional: true },
        technical: { type: Boolean, optional: true },
        title: { optional: true },
        modalRef: { type: Function, optional: true },
        slots: { type: Object, optional: true },
        withBodyPadding: { type: Boolean, optional: true },
        onExpand: { type: Function, optional: true },
    };
    static defaultProps = {
        contentClass: "",
        bodyClass: "",
        fullscreen: false,
        footer: true,
        header: true,
        size: "lg",
        technical: true,
        title: "",
        withBodyPadding: true,
    };

    setup() {
        this.modalRef = useRef("modal");
        if (this.props.modalRef) {
            this.props.modalRef(this.modalRef);
        }
        useActiveElement("modal");
        this.data = useState(this.env.dialogData || { isActive: true, close: () => {} });
        useHotkey("escape", () => this.onEscape());
        useHotkey("control+enter", () => this.clickPrimary(), { bypassEditableProtection: true });
        useDialogDraggable(this.modalRef, () => !this.isFullscreen && !this.env.isSmall);
        useChildSubEnv({ inDialog: true, dialogId: this.data.id });
        const ui = useService("ui");
        useBus(ui.bus, "resize", () => this.render());
        useEffect(
            () => {
                document.body.classList.add("modal-open");
                return () => {
                    if (document.querySelectorAll(".o_dialog").length <= 1) {
                        document.body.classList.remove("modal-open");
                    }
                };
            },
            () => []
        );
    }

    get isFullscreen() {
        return this.props.fullscreen || this.env.isSmall;
    }

    clickPrimary() {
        const buttons = [...this.modalRef.el.querySelectorAll(".modal-footer .btn-primary:not(:disabled)")];
        buttons.find((button) => button.offsetParent)?.click();
    }

    async onEscape() {
        if (this.data.isActive) {
            await this.dismiss();
        }
    }

    async dismiss() {
        const { close, dismiss } = this.data;
        await dismiss?.();
        return close({ dismiss: true });
    }
}
