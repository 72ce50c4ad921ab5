import { reactive } from "@odoo/owl";
import { later } from "@mail/model/update_cycle";

/** A value may lead to itself once or twice before it settles, as an order that is written where it was read. */
const MOST_RUNS = 3;

/** Something about a record that follows from other data: the value of a field, or the order of its list. */
export class Derived {
    /**
     * @param {"compute"|"sort"} kind
     * @param {Object} record
     * @param {string} name of the field
     * @param {boolean} isEager whether it is worked out at once rather than when it is read
     * @param {(observed: Object) => void} run works it out from the record that is observed
     */
    constructor(kind, record, name, isEager, run) {
        Object.assign(this, { kind, record, name, isEager, run });
        this.isStale = true;
        this.isRunning = false;
        /** Whether somebody waits to hear of changes. */
        this.isObserved = false;
        this.invalidate = () => this.onDependencyChange();
    }

    onDependencyChange() {
        this.isStale = true;
        if (!this.isRunning && (this.isEager || this.isObserved)) {
            this.schedule();
        }
    }

    /** Have it worked out at the end of the cycle. */
    schedule() {
        later(this.kind, this.record, this.name, () => this.ensure());
    }

    /** Work it out unless it is up to date. */
    ensure() {
        if (!this.isStale || this.isRunning || this.record._.isDeleted) {
            return;
        }
        this.isRunning = true;
        try {
            for (let runs = 0; this.isStale && runs < MOST_RUNS; runs++) {
                this.isStale = false;
                this.run(reactive(this.record, this.invalidate), this.invalidate);
            }
        } finally {
            this.isRunning = false;
        }
    }
}
