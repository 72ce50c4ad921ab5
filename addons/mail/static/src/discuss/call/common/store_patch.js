import { Record } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { Thread } from "@mail/core/common/thread_model";
import { patch } from "@web/core/utils/patch";

/** The call of the user, and those to which they are invited. */
patch(Store.prototype, {
    setup() {
        super.setup();
        this.rtc = Record.one("Rtc");
        this.ringingThreads = Record.many("Thread");
    },

    onStarted() {
        super.onStarted();
        this.rtc ??= {};
    },
});

/** Who is in the call of a conversation. */
patch(Thread.prototype, {
    setup() {
        super.setup();
        this.rtcSessions = Record.many("RtcSession", {
            inverse: "channel",
            onDelete(session) {
                this.store.env.services["discuss.rtc"]?.onSessionGone(session);
                session.delete();
            },
            sort: (one, other) => one.id - other.id,
        });
        this.rtcInvitingSession = Record.one("RtcSession", {
            onAdd() {
                this.store.ringingThreads.add(this);
            },
            onDelete() {
                this.store.ringingThreads.delete(this);
            },
        });
    },
});
