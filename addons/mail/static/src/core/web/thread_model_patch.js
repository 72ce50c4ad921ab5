import { Record } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";
import { patch } from "@web/core/utils/patch";

/** What documents have in the backend. */
const threadPatch = {
    setup() {
        super.setup();
        this.recipients = Record.many("Follower");
        this.recipientsCount = Record.attr(undefined);
        this.activities = Record.many("Activity", {
            sort: (one, other) => (one.date_deadline?.ts || 0) - (other.date_deadline?.ts || 0) || one.id - other.id,
            onDelete: (activity) => activity.remove({ broadcast: false }),
        });
        this.scheduledMessages = Record.many("ScheduledMessage", {
            inverse: "thread",
            sort: (one, other) => (one.scheduled_date?.ts || 0) - (other.scheduled_date?.ts || 0) || one.id - other.id,
        });
    },

    /** All who are told of comments, but the user. */
    get recipientsFullyLoaded() {
        return this.recipientsCount === this.recipients.length;
    },

    /** More of those who are told of comments. */
    loadMoreRecipients() {
        return this._loadFollowers(this.recipients, true);
    },
};

patch(Thread.prototype, threadPatch);
