import { Component, onWillUnmount, useChildSubEnv, useEffect, useRef, useState } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { ImStatus } from "@mail/core/common/im_status";
import { Thread } from "@mail/core/common/thread";
import { useThreadActions } from "@mail/core/common/thread_actions";
import { ThreadIcon } from "@mail/core/common/thread_icon";
import { DiscussSidebar } from "@mail/core/public_web/discuss_sidebar";
import { Typing } from "@mail/discuss/typing/common/typing";
import { useMessageEdition, useMessageHighlight, useMessageToReplyTo } from "@mail/utils/common/hooks";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";
import { useInputText } from "@web/core/utils/input_text";

/** The application: where to go to, and the conversation. */
export class Discuss extends Component {
    static template = "mail.Discuss";
    static components = { Composer, DiscussSidebar, Dropdown, DropdownItem, ImStatus, Thread, ThreadIcon, Typing };
    static props = { hasSidebar: { type: Boolean, optional: true }, thread: { optional: true } };
    static defaultProps = { hasSidebar: true };

    setup() {
        this.store = useState(useService("mail.store"));
        this.ui = useState(useService("ui"));
        this.messageEdition = useMessageEdition();
        this.messageHighlight = useMessageHighlight();
        this.messageToReplyTo = useMessageToReplyTo();
        this.contentRef = useRef("content");
        this.state = useState({ jumpThreadPresent: 0 });
        this.threadActions = useThreadActions();
        useChildSubEnv({ inDiscussApp: true, messageHighlight: this.messageHighlight });
        const threadId = () => this.thread?.localId;
        useInputText("name", () => this.thread?.displayName || "", threadId);
        useInputText("description", () => this.thread?.description || "", threadId);
        useEffect(
            () => {
                this.store.discuss.isActive = true;
            },
            () => []
        );
        useEffect(
            () => this.showHighlighted(),
            () => [this.thread?.highlightMessage?.id, this.thread?.isLoaded]
        );
        onWillUnmount(() => {
            this.store.discuss.isActive = false;
        });
    }

    /** The conversation that is shown. */
    get thread() {
        return this.props.thread || this.store.discuss.thread;
    }

    /** Go to the message that a link led to. */
    showHighlighted() {
        const { thread } = this;
        if (thread?.highlightMessage && thread.isLoaded) {
            this.messageHighlight.highlightMessage(thread.highlightMessage, thread);
            thread.highlightMessage = undefined;
        }
    }

    /** On small screens either the list or the conversation is there. */
    get isSidebarShown() {
        return this.props.hasSidebar && !(this.ui.isSmall && this.thread);
    }

    /** What stands in the head; on small screens there is no room for all of it. */
    get quickActions() {
        const { group, quick } = this.threadActions.partition;
        return this.ui.isSmall ? quick : [...quick, ...group.flat()];
    }

    /** What is in a menu of the head. */
    get moreActions() {
        const { group, quick } = this.threadActions.partition;
        return this.ui.isSmall ? group.flat().filter((action) => !quick.includes(action)) : [];
    }

    back() {
        this.store.discuss.thread = undefined;
    }

    async renameThread(ev) {
        const name = ev.target.value;
        await this.thread.rename(name);
        ev.target.value = this.thread.displayName;
    }

    async updateThreadDescription(ev) {
        const text = ev.target.value.trim();
        if (text !== (this.thread.description || "")) {
            await this.thread.notifyDescriptionToServer(text);
        }
    }

    get canRename() {
        const { thread } = this;
        return thread.model === "discuss.channel" && (thread.is_editable || thread.channel_type === "chat");
    }

    /** @param {{data: string}} file a new picture of the channel */
    async onFileUploaded({ data }) {
        await this.thread.notifyAvatarToServer(data);
    }
}
