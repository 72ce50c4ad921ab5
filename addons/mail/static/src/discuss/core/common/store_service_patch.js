import { Store } from "@mail/core/common/store_service";
import { patch } from "@web/core/utils/patch";

/** Channels of the user. */
patch(Store.prototype, {
    setup() {
        super.setup();
        this.onlineMemberStatuses = ["away", "bot", "online"];
        this.initChannelsUnreadCounter = 0;
        this.channels = this.makeCachedFetchData({ channels_as_member: true });
    },

    /** Those who are there first, then by name. */
    sortMembers(one, other) {
        const isThere = ({ persona }) => this.onlineMemberStatuses.includes(persona?.im_status);
        return isThere(other) - isThere(one) || one.name.localeCompare(other.name) || one.id - other.id;
    },

    /** Begin a meeting: a group to which others are invited. */
    startMeeting() {
        const core = this.env.services["discuss.core.common"];
        return core.createGroupChat({ default_display_mode: "video_full_screen", partners_to: [this.self.id] });
    },
});
