import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Who is writing just now. */
export class Typing extends Component {
    static template = "discuss.Typing";
    static props = ["channel?", "member?", "size?", "displayText?"];
    static defaultProps = { displayText: true, size: "small" };

    get members() {
        const { channel, member } = this.props;
        return member ? (member.isTyping ? [member] : []) : channel?.otherTypingMembers || [];
    }

    get text() {
        const names = this.members.map(({ name }) => name);
        if (names.length === 1) {
            return _t("%s is writing…", names[0]);
        }
        return names.length === 2
            ? _t("%(one)s and %(other)s are writing…", { one: names[0], other: names[1] })
            : _t("%(one)s, %(other)s and others are writing…", { one: names[0], other: names[1] });
    }
}
