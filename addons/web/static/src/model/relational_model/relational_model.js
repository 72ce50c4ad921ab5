import { markRaw, reactive, toRaw } from "@odoo/owl";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Domain } from "@web/core/domain";
import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { KeepLast, Mutex } from "@web/core/utils/concurrency";
import { session } from "@web/session";
import { Model } from "@web/model/model";
import { DynamicGroupList } from "@web/model/relational_model/dynamic_group_list";
import { DynamicRecordList } from "@web/model/relational_model/dynamic_record_list";
import { Group } from "@web/model/relational_model/group";
import { Record } from "@web/model/relational_model/record";
import { StaticList } from "@web/model/relational_model/static_list";
import {
    FetchRecordError,
    getBasicEvalContext,
    getFieldsSpec,
    isX2Many,
    orderByToString,
} from "@web/model/relational_model/utils";

const DEFAULT_LIMIT = 80;
const DEFAULT_COUNT_LIMIT = 10000;
const DEFAULT_GROUP_LIMIT = 80;
const DEFAULT_OPEN_GROUP_LIMIT = 10;

/** Records, lists and groups of the server for form, list and kanban views. */
export class RelationalModel extends Model {
    static services = ["action", "dialog", "notification", "orm"];
    static Record = Record;
    static Group = Group;
    static DynamicRecordList = DynamicRecordList;
    static DynamicGroupList = DynamicGroupList;
    static StaticList = StaticList;
    static DEFAULT_LIMIT = DEFAULT_LIMIT;
    static DEFAULT_COUNT_LIMIT = DEFAULT_COUNT_LIMIT;
    static DEFAULT_GROUP_LIMIT = DEFAULT_GROUP_LIMIT;
    static DEFAULT_OPEN_GROUP_LIMIT = DEFAULT_OPEN_GROUP_LIMIT;

    setup(params, { action, dialog, notification }) {
        this.action = action;
        this.dialog = dialog;
        this.notification = notification;
        this.keepLast = markRaw(new KeepLast());
        this.mutex = markRaw(new Mutex());
        this.root = null;
        this.hooks = params.hooks || {};
        this.multiEdit = params.multiEdit;
        this.activeIdsLimit = session.active_ids_limit || Number.MAX_SAFE_INTEGER;
        this.defaultOrderBy = params.defaultOrderBy || [];
        this.defaultGroupBy = params.defaultGroupBy || [];
        this.maxGroupByDepth = params.maxGroupByDepth;
        this.groupByInfo = params.groupByInfo || {};
        this.initialLimit = params.limit || DEFAULT_LIMIT;
        this.initialCountLimit = params.countLimit || DEFAULT_COUNT_LIMIT;
        this.initialGroupsLimit = params.groupsLimit || DEFAULT_GROUP_LIMIT;
        this.folded = new Map();
        /** The page closes: nothing can be awaited or asked any more. */
        this._urgentSave = false;
        this._closeUrgentSaveNotification = () => {};
        this.config = {
            isMonoRecord: false,
            context: {},
            ...params.config,
            fields: markRaw({ ...params.config.fields }),
            activeFields: markRaw(params.config.activeFields),
            isRoot: true,
        };
        const { root } = params.state || {};
        if (root?.offset) {
            this.config.offset = root.offset;
            this.config.limit = root.limit;
        }
    }

    /** State to come back to this view as it is. */
    exportState() {
        const { offset, limit, orderBy } = this.root.config;
        return { root: { offset, limit, orderBy } };
    }

    hasData() {
        return this.root.hasData;
    }

    /** Classes of the datapoints, which models of addons replace. */
    get classes() {
        return /** @type {typeof RelationalModel} */ (this.constructor);
    }

    /** Load the root. @param {Object} [params] parameters of the search, or parts of its configuration */
    async load(params = {}) {
        const config = this._nextConfig(this.config, params);
        await this.hooks.onWillLoadRoot?.(config);
        const data = await this.keepLast.add(this._loadData(config));
        const root = this._createRoot(config, data);
        Object.assign(this, { config, root });
        await this.hooks.onRootLoaded?.(root);
        this.notify();
    }

    // ------------------------------------------------------------------ configuration

    _nextConfig(current, params) {
        const config = { ...toRaw(current) };
        if ("resId" in params) {
            config.resId = params.resId;
        }
        for (const key of ["resIds", "mode", "context", "offset", "limit", "domain", "groupBy", "orderBy"]) {
            if (params[key] !== undefined) {
                config[key] = params[key];
            }
        }
        if (config.isMonoRecord) {
            config.resIds ??= config.resId ? [config.resId] : [];
            return config;
        }
        const searchChanged =
            params.domain !== undefined || params.groupBy !== undefined || params.context !== undefined;
        if (searchChanged && this.root) {
            config.offset = params.offset ?? 0;
        }
        config.groupBy = (config.groupBy?.length ? config.groupBy : this.defaultGroupBy).slice(
            0,
            this.maxGroupByDepth ?? Infinity
        );
        config.orderBy = config.orderBy?.length ? config.orderBy : this.defaultOrderBy;
        if (!config.groupBy.length && this.root?.isGrouped) {
            config.limit = undefined;
        }
        if (config.groupBy.length) {
            config.limit = params.limit ?? this.initialGroupsLimit;
        } else {
            config.limit = config.limit || this.initialLimit;
            config.countLimit = config.countLimit || this.initialCountLimit;
        }
        config.offset ??= 0;
        config.domain = config.domain instanceof Domain ? config.domain.toList({}) : config.domain || [];
        return config;
    }

    /** Change a datapoint's configuration in place. */
    _updateConfig(config, patch) {
        Object.assign(config, patch);
    }

    /** The datapoint of a configuration: a record, a list, or a list of groups. */
    _createRoot(config, data) {
        const ownConfig = reactive(config);
        const { DynamicGroupList, DynamicRecordList, Record } = this.classes;
        if (!config.isMonoRecord && config.groupBy.length) {
            return new DynamicGroupList(this, ownConfig, this._makeGroups(ownConfig, data));
        }
        const SingleOrList = config.isMonoRecord ? Record : DynamicRecordList;
        return new SingleOrList(this, ownConfig, data);
    }

    // ------------------------------------------------------------------ requests

    async _loadData(config) {
        if (config.isMonoRecord) {
            if (!config.resId) {
                return this._loadNewRecord(config);
            }
            const [record] = await this._loadRecords(config, [config.resId]);
            return record;
        }
        return config.groupBy.length ? this._loadGroups(config) : this._searchRead(config);
    }

    /**
     * Default values of a record to be created.
     *
     * @param {Object} config
     * @param {{changes?: Object, evalContext?: Object}} [options] what is known already
     * @returns {Promise<Object>}
     */
    async _loadNewRecord(config, { changes = {}, evalContext } = {}) {
        const context = { ...config.context };
        const spec = getFieldsSpec(config.activeFields, config.fields, evalContext || getBasicEvalContext(config), {
            withInvisible: true,
        });
        const result = await this.orm.call(config.resModel, "onchange", [[], changes, [], spec], { context });
        if (result?.warning) {
            this._onchangeWarning(result.warning);
        }
        return result?.value || {};
    }

    /**
     * @param {Object} config
     * @param {number[]} resIds
     * @param {Object} [evalContext] names that the contexts of fields read
     * @returns {Promise<Object[]>}
     * @throws {FetchRecordError} some id is not there
     */
    async _loadRecords(config, resIds, evalContext = getBasicEvalContext(config)) {
        const spec = getFieldsSpec(config.activeFields, config.fields, {
            ...getBasicEvalContext(config),
            ...evalContext,
        });
        const context = { bin_size: true, ...config.context };
        if (!Object.keys(spec).length) {
            return resIds.map((id) => ({ id }));
        }
        const records = await this.orm.webRead(config.resModel, resIds, { context, specification: spec });
        if (records.length < resIds.length) {
            const found = new Set(records.map((record) => record.id));
            throw new FetchRecordError(resIds.filter((id) => !found.has(id)));
        }
        return records;
    }

    _searchRead(config) {
        const { orderBy } = config;
        const kwargs = {
            specification: getFieldsSpec(config.activeFields, config.fields, getBasicEvalContext(config)),
            offset: config.offset,
            limit: config.limit,
            order: orderBy?.length ? orderByToString(orderBy) : "",
            context: { bin_size: true, ...config.context },
            count_limit:
                config.countLimit === Number.MAX_SAFE_INTEGER
                    ? undefined
                    : (config.countLimit ?? this.initialCountLimit) + 1,
        };
        return this.orm.webSearchRead(config.resModel, config.domain, kwargs);
    }

    _aggregateSpecs(config) {
        const specs = [];
        for (const name of Object.keys(config.activeFields)) {
            const field = config.fields[name];
            if (field?.aggregator && ["integer", "float", "monetary"].includes(field.type)) {
                specs.push(`${name}:${field.aggregator}`);
            }
        }
        return specs;
    }

    async _loadGroups(config) {
        const [first] = config.groupBy;
        const answer = await this.orm.webReadGroup(
            config.resModel,
            config.domain,
            this._aggregateSpecs(config),
            [first],
            {
                context: config.context,
                lazy: true,
                limit: config.limit,
                offset: config.offset,
                orderby: this._groupOrder(config),
            }
        );
        let open = 0;
        const groups = await Promise.all(
            answer.groups.map(async (raw) => {
                const group = this._parseGroup(config, raw);
                const remembered = this.folded.get(group.key);
                const byDefault = config.openGroupsByDefault && !raw.__fold && open < DEFAULT_OPEN_GROUP_LIMIT;
                const isOpen = remembered === undefined ? byDefault : !remembered;
                if (isOpen) {
                    open++;
                }
                group.isFolded = !isOpen;
                if (isOpen && group.count) {
                    group.listData = await this._loadData(this._listConfig(config, group));
                }
                return group;
            })
        );
        return { groups, length: answer.length };
    }

    _groupOrder(config) {
        const name = config.groupBy[0].split(":")[0];
        const usable = (config.orderBy || []).filter((item) => {
            const field = config.fields[item.name];
            return item.name === name || (field?.aggregator && item.name in config.activeFields);
        });
        return orderByToString(usable);
    }

    _parseGroup(config, raw) {
        const [spec] = config.groupBy;
        const name = spec.split(":")[0];
        const field = config.fields[name];
        const rawValue = raw[spec];
        const range = raw.__range?.[spec];
        const aggregates = {};
        for (const key of Object.keys(config.activeFields)) {
            if (key in raw && key !== name) {
                aggregates[key] = raw[key];
            }
        }
        const serverValue = ["date", "datetime"].includes(field.type)
            ? range?.from || false
            : Array.isArray(rawValue)
              ? rawValue[0]
              : rawValue;
        return {
            raw,
            range,
            aggregates,
            serverValue,
            count: raw.__count ?? raw[`${name}_count`] ?? 0,
            displayName: this._groupDisplayName(field, rawValue),
            value: this._groupValue(field, serverValue),
            domain: raw.__domain || config.domain,
            key: JSON.stringify([spec, serverValue]),
        };
    }

    _groupValue(field, serverValue) {
        if (!serverValue) {
            return serverValue;
        }
        const parse = { date: deserializeDate, datetime: deserializeDateTime }[field.type];
        return parse ? markRaw(parse(serverValue)) : serverValue;
    }

    _groupDisplayName(field, value) {
        if (field.type === "boolean") {
            return value ? _t("Yes") : _t("No");
        }
        if (value === false || value === undefined || value === null) {
            return _t("None");
        }
        if (Array.isArray(value)) {
            return value[1];
        }
        if (field.type === "selection") {
            return field.selection.find(([key]) => key === value)?.[1] ?? String(value);
        }
        return String(value);
    }

    _listConfig(config, group) {
        const { groupBy, limit, offset, ...others } = config;
        const rest = groupBy.slice(1);
        const context = { ...config.context };
        const name = groupBy[0].split(":")[0];
        if (group.serverValue !== undefined) {
            context[`default_${name}`] =
                isX2Many(config.fields[name]) && group.serverValue ? [group.serverValue] : group.serverValue;
        }
        return {
            ...others,
            context,
            domain: group.domain,
            groupBy: rest,
            offset: 0,
            limit: rest.length ? this.initialGroupsLimit : this.initialLimit,
            countLimit: this.initialCountLimit,
            isRoot: false,
        };
    }

    _makeGroups(config, data) {
        const groups = data.groups.map((group) => {
            const listConfig = this._listConfig(config, group);
            const list = /** @type {any} */ (
                this._createRoot(listConfig, group.listData || { records: [], groups: [], length: 0 })
            );
            if (!group.listData && !listConfig.groupBy.length) {
                list.count = group.count;
            }
            const groupConfig = reactive({
                resModel: config.resModel,
                fields: config.fields,
                activeFields: config.activeFields,
                context: config.context,
                groupByFieldName: config.groupBy[0].split(":")[0],
                initialDomain: group.domain,
                isFolded: group.isFolded,
                isLoaded: Boolean(group.listData) || !group.count,
                key: group.key,
            });
            return new this.classes.Group(this, groupConfig, { ...group, list });
        });
        return { groups, length: data.length };
    }

    /** Read what is inside a group (again). */
    async _loadGroupList(group, patch = {}) {
        const config = { ...toRaw(group.list.config), ...patch };
        const data = await this._loadData(config);
        group.list = this._createRoot(config, data);
        group.config.isLoaded = true;
    }

    rememberFold(group) {
        this.folded.set(group.config.key, group.isFolded);
    }

    async _reloadRecord(record, patch) {
        const config = { ...toRaw(record.config), ...patch };
        const [data] = config.resId
            ? await this._loadRecords(config, [config.resId], record.evalContext)
            : [await this._loadNewRecord(config)];
        this._updateConfig(record.config, patch);
        record._setData(data);
        if (record.config.isRoot) {
            await this.hooks.onRootLoaded?.(record);
        }
    }

    // ------------------------------------------------------------------ messages

    /** Let widgets hand over what is typed but not committed; they did so already when the page closes. */
    async _askChanges() {
        if (this._urgentSave) {
            return;
        }
        const handedOver = { proms: [] };
        this.bus.trigger("NEED_LOCAL_CHANGES", handedOver);
        await Promise.all(handedOver.proms);
        await this.mutex.getUnlockedDef();
    }

    _onchangeWarning(warning) {
        const { type, title, message, className, sticky } = warning;
        if (type === "notification") {
            this.notification.add(message, { className, sticky, title, type: "warning" });
        } else {
            this.dialog.add(AlertDialog, { title, body: message, confirm: () => {}, contentClass: className });
        }
    }
}
