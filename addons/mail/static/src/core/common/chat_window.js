import { Component, useChildSubEnv, useRef, useState } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { ImStatus } from "@mail/core/common/im_status";
import { Thread } from "@mail/core/common/thread";
import { useThreadActions } from "@mail/core/common/thread_actions";
import { ThreadIcon } from "@mail/core/common/thread_icon";
import { Typing } from "@mail/discuss/typing/common/typing";
import { useMessageEdition, useMessageHighlight, useMessageToReplyTo } from "@mail/utils/common/hooks";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";

/** One conversation at the edge of the page. */
export class ChatWindow extends Component {
    static template = "mail.ChatWindow";
    static components = { Composer, Dropdown, DropdownItem, ImStatus, Thread, ThreadIcon, Typing };
    static props = ["chatWindow", "right?"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.ui = useState(useService("ui"));
        this.messageEdition = useMessageEdition();
        this.messageHighlight = useMessageHighlight();
        this.messageToReplyTo = useMessageToReplyTo();
        this.contentRef = useRef("content");
        this.threadActions = useThreadActions();
        useChildSubEnv({ inChatWindow: true, messageHighlight: this.messageHighlight });
    }

    get thread() {
        return this.props.chatWindow.thread;
    }

    get attClass() {
        return { "o-mobile position-fixed top-0 start-0 w-100 h-100": this.ui.isSmall };
    }

    get style() {
        return this.ui.isSmall ? "" : `right: ${this.props.right || 0}px`;
    }

    close(options) {
        this.props.chatWindow.close(options);
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && !ev.defaultPrevented) {
            if (this.messageEdition.editingMessage) {
                this.messageEdition.exitEditMode();
            } else if (this.messageToReplyTo.message) {
                this.messageToReplyTo.cancel();
            } else {
                this.close({ escape: true });
            }
            ev.stopPropagation();
        }
    }

    onClickHeader() {
        if (!this.ui.isSmall) {
            this.props.chatWindow.fold();
        }
    }
}
