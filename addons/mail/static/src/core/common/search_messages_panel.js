import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { Message } from "@mail/core/common/message";
import { useMessageSearch } from "@mail/core/common/message_search_hook";
import { useAutofocus, useService } from "@web/core/utils/hooks";

/** Looks for messages of a conversation. */
export class SearchMessagesPanel extends Component {
    static template = "mail.SearchMessagesPanel";
    static components = { Message };
    static props = ["className?", "closeSearch?", "onClickJump?", "thread"];
    static defaultProps = { className: "", closeSearch: () => {}, onClickJump: () => {} };

    setup() {
        this.store = useState(useService("mail.store"));
        this.state = useState({ term: "" });
        this.messageSearch = useMessageSearch(this.props.thread);
        useAutofocus();
        onWillUpdateProps(({ thread }) => {
            if (thread.notEq(this.props.thread)) {
                this.state.term = "";
                this.messageSearch.clear();
                this.messageSearch.thread = thread;
            }
        });
    }

    search() {
        this.messageSearch.searchTerm = this.state.term;
        return this.messageSearch.search();
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.search();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.closeSearch();
        }
    }

    /** Leave the search, and show the message among the others. */
    jump(message) {
        const { thread } = this.props;
        this.props.closeSearch();
        this.props.onClickJump();
        this.env.messageHighlight?.highlightMessage(message, thread);
    }
}
