import { chatWith } from "@mail/core/common/calls";
import { AND, Record } from "@mail/core/common/record";
import { rpc } from "@web/core/network/rpc";
import { debounce } from "@web/core/utils/timing";
import { imageUrl } from "@web/core/utils/urls";

/** Milliseconds in which somebody may come and go without being shown so. */
const IM_STATUS_DELAY = 1000;

/** Somebody who writes or reads: a partner, or a guest. */
export class Persona extends Record {
    static id = AND("type", "id");
    /** @type {number} */
    id;
    /** @type {"partner"|"guest"} */
    type;
    name = Record.attr("");
    displayName = Record.attr("");
    email = Record.attr("");
    active = Record.attr(true);
    /** @type {{id: number, code: string, name: string}|false} */
    country = Record.one("Country");
    is_company = Record.attr(false);
    /** @type {number|false} */
    userId = Record.attr(undefined);
    isAdmin = Record.attr(false);
    isInternalUser = Record.attr(false);
    /** @type {"email"|"inbox"} */
    notification_preference = Record.attr(undefined);
    im_status = Record.attr(undefined, {
        onUpdate() {
            this._followPresence();
        },
    });
    write_date = Record.attr(undefined, { type: "datetime" });
    channelMembers = Record.many("ChannelMember", { inverse: "persona" });
    storeAsTrackedImStatus = Record.one("Store", {
        inverse: "imStatusTrackedPersonas",
        onAdd() {
            this.env.services.bus_service?.addChannel(this.presenceChannel);
        },
        onDelete() {
            this.env.services.bus_service?.deleteChannel(this.presenceChannel);
        },
    });

    setup() {
        super.setup();
        this.debouncedSetImStatus = debounce((status) => (this.im_status = status), IM_STATUS_DELAY);
    }

    /** Whether it is of interest if somebody is there: visitors without a name, and partners without a user, never are. */
    get isTracked() {
        const isSomebody = this.id > 0 && !this.store?.odoobot?.eq(this);
        return isSomebody && (this.type === "guest" || (this.im_status && this.im_status !== "im_partner"));
    }

    get presenceChannel() {
        return `odoo-presence-${this.type === "partner" ? "res.partner" : "mail.guest"}_${this.id}`;
    }

    _followPresence() {
        this.storeAsTrackedImStatus = this.isTracked ? this.store : undefined;
    }

    get avatarUrl() {
        if (!(this.id > 0)) {
            return this.store.DEFAULT_AVATAR;
        }
        const model = this.type === "partner" ? "res.partner" : "mail.guest";
        return imageUrl(model, this.id, "avatar_128", { unique: this.write_date });
    }

    /** The conversation with this person, when it is known. */
    searchChat() {
        return chatWith(this);
    }

    /** @param {string} name */
    async updateGuestName(name) {
        await rpc("/mail/guest/update_name", { guest_id: this.id, name });
    }
}
Persona.register();
