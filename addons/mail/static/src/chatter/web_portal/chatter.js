import { Component, onMounted, onWillUpdateProps, useChildSubEnv, useRef, useState } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { Thread } from "@mail/core/common/thread";
import { useMessageHighlight } from "@mail/utils/common/hooks";
import { useService } from "@web/core/utils/hooks";
import { useThrottleForAnimation } from "@web/core/utils/timing";

/** The messages of a document, and where new ones are written. */
export class Chatter extends Component {
    static template = "mail.Chatter";
    static components = { Composer, Thread };
    static props = ["composer?", "threadId?", "threadModel", "twoColumns?"];
    static defaultProps = { composer: true, threadId: false, twoColumns: false };

    setup() {
        this.store = useState(useService("mail.store"));
        this.state = useState({
            aside: false,
            disabled: !this.props.threadId,
            isTopStickyPinned: false,
            jumpThreadPresent: 0,
            /** @type {Object|undefined} */
            thread: undefined,
        });
        this.rootRef = useRef("root");
        this.onScrollDebounced = useThrottleForAnimation(() => this.onScroll());
        this.messageHighlight = useMessageHighlight();
        useChildSubEnv(this.childSubEnv);
        onMounted(() => this._onMounted());
        onWillUpdateProps((next) => this._onWillUpdateProps(next));
    }

    /** What components in the chatter know of it. */
    get childSubEnv() {
        return { inChatter: this.state, messageHighlight: this.messageHighlight };
    }

    /** What is asked about the document after a message. */
    get afterPostRequestList() {
        return ["messages"];
    }

    /** What is asked about the document when it is shown. */
    get requestList() {
        return [];
    }

    get onCloseFullComposerRequestList() {
        return ["messages"];
    }

    /** Show another document. */
    changeThread(threadModel, threadId) {
        const data = { id: threadId, model: threadModel };
        this.state.thread = this.store.Thread.insert(data);
        if (threadId === false) {
            this.showPlaceholder();
        }
    }

    /** A document that is not stored has one message: that it is being made. */
    showPlaceholder() {
        const { thread } = this.state;
        if (thread.messages.length) {
            return;
        }
        const message = this.store.Message.insert({
            author: this.store.self,
            body: this.newRecordText,
            date: luxon.DateTime.now(),
            id: this.store.getNextTemporaryId(),
            is_transient: true,
            message_type: "notification",
            res_id: thread.id,
            model: thread.model,
        });
        Object.assign(thread, { isLoaded: true });
        thread.messages.push(message);
    }

    get newRecordText() {
        return "";
    }

    /** Have the store know more of the document. */
    load(thread, requestList) {
        if (!thread.id || !this.state.thread?.eq(thread)) {
            return undefined;
        }
        if (requestList.includes("messages")) {
            thread.fetchNewMessages();
        }
        const others = requestList.filter((request) => request !== "messages");
        return others.length ? thread.fetchData(others) : undefined;
    }

    onPostCallback() {
        this.state.jumpThreadPresent++;
        this.load(this.state.thread, this.afterPostRequestList);
    }

    onCloseFullComposerCallback() {
        this.load(this.state.thread, this.onCloseFullComposerRequestList);
    }

    onScroll() {
        this.state.isTopStickyPinned = Boolean(this.rootRef.el?.scrollTop);
    }

    _onMounted() {
        this.changeThread(this.props.threadModel, this.props.threadId);
        this.load(this.state.thread, this.requestList);
    }

    _onWillUpdateProps({ threadId, threadModel }) {
        const { thread } = this.state;
        if (thread && (threadId !== thread.id || threadModel !== thread.model)) {
            this.changeThread(threadModel, threadId);
            this.load(this.state.thread, this.requestList);
        }
    }
}
