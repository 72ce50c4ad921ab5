import { RelationalModel } from "@web/model/relational_model/relational_model";

/** Records about which something has to be done, or was. */
const WITH_ACTIVITIES = ["activity_ids.active", "in", [true, false]];

/** Records, and what has to be done about them by kind. */
export class ActivityModel extends RelationalModel {
    static DEFAULT_LIMIT = 100;

    /** What `get_activity_data` answered for the records that are shown. */
    activityData = { activity_res_ids: [], activity_types: [], grouped_activities: {} };

    async load(params = {}) {
        const search = { ...params, groupBy: [] };
        if (params.domain) {
            search.domain = [...params.domain, WITH_ACTIVITIES];
        }
        const [activityData] = await Promise.all([this.fetchActivityData(search), super.load(search)]);
        this.activityData = activityData;
        this.notify();
    }

    /** @param {Object} search of `load` @returns {Promise<Object>} */
    fetchActivityData(search) {
        const { domain = [], limit, offset } = { ...this.config, ...search };
        return this.orm.call("mail.activity", "get_activity_data", [], {
            res_model: this.config.resModel,
            domain,
            limit: limit || this.initialLimit,
            offset: (search.domain ? search.offset : offset) || 0,
            fetch_done: true,
        });
    }
}
