import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** How many names are told of those who reacted. */
const MOST_NAMES = 3;

/** Signs that people put to a message, with how many did. */
export class MessageReactions extends Component {
    static template = "mail.MessageReactions";
    static props = ["message", "openReactionMenu"];

    setup() {
        this.store = useState(useService("mail.store"));
    }

    /** Who it was. @param {Object} reaction @returns {string} */
    getReactionSummary({ content, count, personas }) {
        const names = personas.slice(0, MOST_NAMES).map(({ name }) => name);
        const others = count - names.length;
        const who = others > 0 ? _t("%s and %s others", names.join(", "), others) : names.join(", ");
        return `${content} ${who}`;
    }

    onClickReaction(reaction) {
        return reaction.isSelf ? reaction.remove() : this.props.message.react(reaction.content);
    }
}
