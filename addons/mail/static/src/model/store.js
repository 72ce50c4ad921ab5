import { Record } from "@mail/model/record";
import { observe } from "@mail/model/record_proxy";
import { MAKE_UPDATE } from "@mail/model/update_cycle";

/** The one record that all others are reached from: `store.Thread` is the model of that name. */
export class Store extends Record {
    static _name = "Store";

    /** @param {string} localId @returns {Record|undefined} */
    get(localId) {
        return this.recordByLocalId.get(localId);
    }

    /** Records of all models by what tells them apart. @returns {Map<string, Record>} */
    get recordByLocalId() {
        return this._.recordByLocalId;
    }

    MAKE_UPDATE(change) {
        return MAKE_UPDATE(change);
    }

    onChange(record, names, callback) {
        return observe(record, names, callback);
    }
}
