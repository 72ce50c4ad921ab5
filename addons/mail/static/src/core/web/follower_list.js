import { Component, useState } from "@odoo/owl";
import { FollowerSubtypeDialog } from "@mail/core/web/follower_subtype_dialog";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";

/** Those who are told of the messages of a document. */
export class FollowerList extends Component {
    static template = "mail.FollowerList";
    static components = { DropdownItem };
    static props = ["dropdown", "onAddFollowers?", "onFollowerChanged?", "thread"];
    static defaultProps = { onAddFollowers: () => {}, onFollowerChanged: () => {} };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.store = useState(useService("mail.store"));
    }

    /** The user first. */
    get followers() {
        const { followers, selfFollower } = this.props.thread;
        return selfFollower ? [selfFollower, ...followers] : [...followers];
    }

    get hasMore() {
        return !this.props.thread.followersFullyLoaded && this.props.thread.followersCount > this.followers.length;
    }

    onClickDetails(follower) {
        this.props.dropdown.close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: follower.partner.id,
            views: [[false, "form"]],
        });
    }

    onClickEdit(follower) {
        const { dropdown, onFollowerChanged, thread } = this.props;
        dropdown.close();
        this.dialog.add(FollowerSubtypeDialog, { follower, onFollowerChanged: () => onFollowerChanged(thread) });
    }

    async onClickRemove(follower) {
        const { thread } = this.props;
        await follower.remove();
        this.props.onFollowerChanged(thread);
    }
}
