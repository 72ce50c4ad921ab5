import {
    Component,
    onMounted,
    onWillDestroy,
    onWillPatch,
    onPatched,
    onWillUpdateProps,
    toRaw,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { Message } from "@mail/core/common/message";
import { useVisible } from "@mail/utils/common/hooks";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { Transition } from "@web/core/transition";
import { useBus, useService } from "@web/core/utils/hooks";

/** How many screens away the newest messages must be for a way back to be offered. */
export const PRESENT_VIEWPORT_THRESHOLD = 3;
/** Pixels from an end at which somebody is there. */
const NEAR = 60;
/** Messages that are in sight when a document is opened; those below them come a moment later. */
const FIRST_SHOWN = 8;
const FIVE_MINUTES = 5 * 60 * 1000;

/** The messages of a conversation. */
export class Thread extends Component {
    static template = "mail.Thread";
    static components = { Message, Transition };
    static props = [
        "isInChatWindow?",
        "jumpPresent?",
        "messageActions?",
        "messageEdition?",
        "messageToReplyTo?",
        "order?",
        "scrollRef?",
        "showDates?",
        "showEmptyMessage?",
        "showJumpPresent?",
        "thread",
    ];
    static defaultProps = {
        isInChatWindow: false,
        jumpPresent: 0,
        messageActions: true,
        order: "asc",
        showDates: true,
        showEmptyMessage: true,
        showJumpPresent: true,
    };

    setup() {
        this.store = useState(useService("mail.store"));
        this.state = useState({
            isBeginning: this.props.order === "desc",
            isFirstLoad: !this.props.thread.isLoaded,
            showJumpPresent: false,
        });
        this.root = useRef("messages");
        /** @type {Map<number, {el: HTMLElement|null}>} */
        this.refByMessageId = new Map();
        this.loadOlderState = useVisible("load-older", (isVisible) => isVisible && this.loadMore("older"));
        this.loadNewerState = useVisible("load-newer", (isVisible) => isVisible && this.loadMore("newer"));
        this.presentTreshold = useVisible("present", (isVisible) => {
            this.state.showJumpPresent = !isVisible;
        });
        this.setupThread();
        this.setupBeginning();
        this.setupScroll();
        useEffect(
            () => this.showHighlighted(),
            () => [this.env.messageHighlight?.highlightedMessageId, this.props.thread.isLoaded]
        );
        useEffect(
            () => {
                if (this.props.jumpPresent) {
                    this.jumpToPresent();
                }
            },
            () => [this.props.jumpPresent]
        );
        useBus(this.env.bus, "MAIL:RELOAD-THREAD", ({ detail: { id, model } }) => {
            if (model === this.props.thread.model && id === this.props.thread.id) {
                this.props.thread.fetchNewMessages();
            }
        });
    }

    /** Messages are loaded when they are shown; the conversation knows that they are. */
    setupThread() {
        const begin = (thread) => {
            thread.displayCount++;
            thread.showNewest();
        };
        onMounted(() => begin(this.props.thread));
        onWillUpdateProps(({ thread }) => {
            if (thread.notEq(this.props.thread)) {
                this.props.thread.displayCount--;
                this.refByMessageId.clear();
                begin(thread);
            }
        });
        onWillDestroy(() => {
            if (this.props.thread.exists() && this.props.thread.displayCount) {
                this.props.thread.displayCount--;
            }
        });
    }

    /** What is out of sight is shown when what is in sight is on screen. */
    setupBeginning() {
        useEffect(
            (isDrawn) => {
                if (!isDrawn) {
                    return undefined;
                }
                const timer = browser.setTimeout(() => (this.state.isBeginning = false));
                return () => browser.clearTimeout(timer);
            },
            () => [this.isReady && this.state.isBeginning]
        );
        onWillUpdateProps(({ order, thread }) => {
            if (thread.notEq(this.props.thread)) {
                this.state.isBeginning = order === "desc";
            }
        });
    }

    /** What somebody reads stays where it is when messages come above it; at the end new ones are followed. */
    setupScroll() {
        let before;
        onWillPatch(() => {
            const el = this.scrollable;
            before = el && { height: el.scrollHeight, isAtEnd: this.isAtEnd(el), top: el.scrollTop };
        });
        onPatched(() => {
            const el = this.scrollable;
            if (!el || !before || this.props.order === "desc" || this.env.messageHighlight?.highlightedMessageId) {
                return;
            }
            if (before.isAtEnd) {
                el.scrollTop = el.scrollHeight;
            } else if (this.wasLoadingOlder) {
                el.scrollTop = before.top + el.scrollHeight - before.height;
                this.wasLoadingOlder = false;
            }
        });
        onMounted(() => {
            const el = this.scrollable;
            if (el && this.props.order === "asc") {
                el.scrollTop = el.scrollHeight;
            }
        });
    }

    get scrollable() {
        return this.props.scrollRef?.el || this.root.el;
    }

    isAtEnd({ clientHeight, scrollHeight, scrollTop }) {
        return scrollHeight - scrollTop - clientHeight < NEAR;
    }

    // ------------------------------------------------------------------ what is shown

    get PRESENT_THRESHOLD() {
        return (this.scrollable?.clientHeight || 0) * PRESENT_VIEWPORT_THRESHOLD;
    }

    get isChatter() {
        return Boolean(this.env.inChatter);
    }

    get messages() {
        return this.props.thread.messages.filter((message) => !message.isEmpty || this.isShownEmpty(message));
    }

    /** A message of which nothing is left shows that there was one. */
    isShownEmpty(message) {
        return message.message_type === "comment" && !this.props.thread.isMailbox;
    }

    get orderedMessages() {
        const { messages } = this;
        return this.props.order === "asc" ? messages : [...messages].reverse();
    }

    /** Messages of the page, as many as are in sight to begin with; nobody scrolls to more before the rest is there. */
    get shownMessages() {
        const messages = this.orderedMessages;
        const isCut = this.state.isBeginning && messages.length > FIRST_SHOWN;
        return { isCut, list: isCut ? messages.slice(0, FIRST_SHOWN) : messages };
    }

    /** The message that the conversation began with, where it is another one's, once the first answers are shown. */
    get beginning() {
        const { from_message_id: message, loadOlder } = this.props.thread;
        return this.props.order === "asc" && !loadOlder && message && !message.isEmpty ? message : undefined;
    }

    get isReady() {
        return this.props.thread.isLoaded;
    }

    get showsNewer() {
        return this.props.thread.loadNewer;
    }

    get newMessageBannerText() {
        const { selfMember } = this.props.thread;
        return _t("%s new messages", selfMember?.totalUnreadMessageCounter || 0).toString();
    }

    get preferenceButtonText() {
        return _t("Choose how you are told").toString();
    }

    getMessageClassName() {
        return "px-3";
    }

    /** Whether a message is shown below another one without saying again who wrote it. */
    isSquashed(message, previous) {
        if (this.isChatter || this.props.thread.isMailbox || !previous || previous.isNotification || previous.isEmpty) {
            return false;
        }
        const isSameAuthor = message.author?.eq(previous.author) && message.is_note === previous.is_note;
        const isSamePlace = Boolean(message.thread?.eq(previous.thread));
        return Boolean(isSameAuthor && isSamePlace && message.datetime.ts - previous.datetime.ts < FIVE_MINUTES);
    }

    /** Whether another day begins with a message. */
    isNewDay(message, previous) {
        return !previous || message.dateDay !== previous.dateDay;
    }

    isFirstUnread(message) {
        return this.props.order === "asc" && message.eq(this.props.thread.firstUnreadMessage);
    }

    // ------------------------------------------------------------------ doing

    /** @param {"older"|"newer"} epoch */
    async loadMore(epoch) {
        this.wasLoadingOlder = epoch === "older";
        await this.props.thread.fetchMoreMessages(epoch);
    }

    registerMessageRef(message, ref) {
        if (ref) {
            this.refByMessageId.set(message.id, ref);
            this.showHighlighted();
        } else {
            this.refByMessageId.delete(message.id);
        }
    }

    showHighlighted() {
        const { messageHighlight } = this.env;
        const id = messageHighlight?.highlightedMessageId;
        const el = id && this.refByMessageId.get(id)?.el;
        if (el && this.shownHighlight !== id) {
            this.shownHighlight = id;
            messageHighlight.scrollTo(el);
        } else if (!id) {
            this.shownHighlight = undefined;
        }
    }

    async jumpToPresent() {
        const { thread } = this.props;
        this.env.messageHighlight?.clearHighlight();
        if (thread.loadNewer) {
            await thread.loadAround();
        }
        const el = this.scrollable;
        if (el) {
            el.scrollTop = this.props.order === "asc" ? el.scrollHeight : 0;
        }
        this.state.showJumpPresent = false;
    }

    async onClickLoadOlder() {
        await this.loadMore("older");
    }

    async onClickUnreadMessagesBanner() {
        const { selfMember } = this.props.thread;
        await this.props.thread.loadAround(selfMember.localNewMessageSeparator);
        this.env.messageHighlight?.highlightMessage(toRaw(this.props.thread.firstUnreadMessage), this.props.thread);
    }

    onClickMarkAsRead() {
        this.props.thread.markAsRead({ sync: true });
    }

    onParentMessageClick(message) {
        this.env.messageHighlight?.highlightMessage(message, this.props.thread);
    }

    onClickNotification(ev) {
        this.store.handleClickOnLink(ev, this.props.thread);
    }
}
