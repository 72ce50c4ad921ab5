import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

/** Of which kinds of messages a follower is told. */
export class FollowerSubtypeDialog extends Component {
    static template = "mail.FollowerSubtypeDialog";
    static components = { Dialog };
    static props = ["close", "follower", "onFollowerChanged"];

    setup() {
        /** Kinds of messages, and whether the follower is told of them: `{default, followed, id, name}`. */
        this.state = useState({ subtypes: [] });
        this.services = { notification: useService("notification"), orm: useService("orm") };
        const question = { follower_id: this.props.follower.id };
        onWillStart(() =>
            rpc("/mail/read_subscription_data", question).then((rows) => this.state.subtypes.push(...rows))
        );
    }

    get title() {
        const { partner, name } = this.props.follower;
        return _t("What %s is told", partner?.name || name || "").toString();
    }

    /** Nobody follows nothing: they stop following then. */
    async onClickApply() {
        const { follower } = this.props;
        const { partner, thread } = follower;
        const ids = this.state.subtypes.filter(({ followed }) => followed).map(({ id }) => id);
        if (ids.length) {
            const kwargs = { partner_ids: [partner.id], subtype_ids: ids };
            await this.services.orm.call(thread.model, "message_subscribe", [[thread.id]], kwargs);
            this.services.notification.add(_t("The choice is stored."), { type: "success" });
        } else {
            await follower.remove();
        }
        this.props.onFollowerChanged();
        this.props.close();
    }
}
