import { markRaw, reactive, toRaw } from "@odoo/owl";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Domain } from "@web/core/domain";
import { user } from "@web/core/user";
import { KeepLast, Mutex } from "@web/core/utils/concurrency";
import { session } from "@web/session";
import { addPropertyFieldDefs, Model } from "@web/model/model";
import { DynamicGroupList } from "@web/model/relational_model/dynamic_group_list";
import { DynamicRecordList } from "@web/model/relational_model/dynamic_record_list";
import { Group } from "@web/model/relational_model/group";
import { Record } from "@web/model/relational_model/record";
import { StaticList } from "@web/model/relational_model/static_list";
import {
    currencySpecs,
    extractInfoFromGroupData,
    FetchRecordError,
    getBasicEvalContext,
    getFieldsSpec,
    isRelational,
    orderByToString,
} from "@web/model/relational_model/utils";

const DEFAULT_LIMIT = 80;
const DEFAULT_COUNT_LIMIT = 10000;
const DEFAULT_GROUP_LIMIT = 80;
const DEFAULT_OPEN_GROUP_LIMIT = 10;
const MAX_NUMBER_OPENED_GROUPS = 10;

/** A group of an earlier answer, without its records. */
function emptied(raw, { activeFields }, spec) {
    const name = spec.split(":")[0];
    const sums = Object.keys(activeFields).filter((key) => key in raw && key !== name && key !== spec);
    return { ...raw, __count: 0, [`${name}_count`]: 0, ...Object.fromEntries(sums.map((key) => [key, 0])) };
}

/** Records, lists and groups of the server for form, list and kanban views. */
export class RelationalModel extends Model {
    static services = ["action", "company", "dialog", "notification", "orm"];
    static hasSampleData = true;
    static Record = Record;
    static Group = Group;
    static DynamicRecordList = DynamicRecordList;
    static DynamicGroupList = DynamicGroupList;
    static StaticList = StaticList;
    static DEFAULT_LIMIT = DEFAULT_LIMIT;
    static DEFAULT_COUNT_LIMIT = DEFAULT_COUNT_LIMIT;
    static DEFAULT_GROUP_LIMIT = DEFAULT_GROUP_LIMIT;
    static DEFAULT_OPEN_GROUP_LIMIT = DEFAULT_OPEN_GROUP_LIMIT;
    static MAX_NUMBER_OPENED_GROUPS = MAX_NUMBER_OPENED_GROUPS;

    setup(params, { action, company, dialog, notification }) {
        this.action = action;
        this.company = company;
        this.dialog = dialog;
        this.notification = notification;
        this.keepLast = markRaw(new KeepLast());
        this.mutex = markRaw(new Mutex());
        this.root = null;
        /** Grows whenever a record goes into edition or leaves it. */
        this.editions = { count: 0 };
        this.hooks = params.hooks || {};
        this.multiEdit = params.multiEdit;
        this.activeIdsLimit = params.activeIdsLimit || session.active_ids_limit || Number.MAX_SAFE_INTEGER;
        this.useSendBeaconToSaveUrgently = params.useSendBeaconToSaveUrgently ?? true;
        this.defaultOrderBy = params.defaultOrderBy || [];
        this.defaultGroupBy = params.defaultGroupBy || [];
        this.maxGroupByDepth = params.maxGroupByDepth;
        this.groupByInfo = params.groupByInfo || {};
        this.initialLimit = params.limit || this.classes.DEFAULT_LIMIT;
        this.initialCountLimit = params.countLimit || this.classes.DEFAULT_COUNT_LIMIT;
        this.initialGroupsLimit = params.groupsLimit || this.classes.DEFAULT_GROUP_LIMIT;
        const { folded, root } = params.state || {};
        /** Which groups the user folded or opened, by their keys. */
        this.folded = new Map(folded || []);
        /** Groups that were found by the present search, by the list that they are in. */
        this._found = { search: "", groups: new Map() };
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
        if (root?.offset) {
            this.config.offset = root.offset;
            this.config.limit = root.limit;
        }
    }

    /** State to come back to this view as it is. */
    exportState() {
        const { offset, limit, orderBy } = this.root.config;
        return { folded: [...this.folded], root: { offset, limit, orderBy } };
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
        if ("mode" in patch) {
            reactive(this.editions).count++;
        }
    }

    /** Have who reads this through a reactive be told of each edition that begins or ends. */
    _watchEditions() {
        return this.editions.count;
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
        const load = () => (config.groupBy.length ? this._loadGroups(config) : this._searchRead(config));
        const page = await load();
        if (config.offset && !(page.records || page.groups).length) {
            // what was on this page is gone
            config.offset = 0;
            return load();
        }
        return page;
    }

    /** Context of requests that read. */
    _readContext({ context }) {
        return { bin_size: true, current_company_id: user.activeCompany?.id, ...context };
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
        const context = this._readContext(config);
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
            context: this._readContext(config),
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
        return [...specs, ...currencySpecs(config)];
    }

    async _loadGroups(config) {
        await addPropertyFieldDefs(this.orm, config.resModel, config.context, config.fields, config.groupBy);
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
        const behind = await this._loadGroupRecords(config, answer.groups);
        let open = 0;
        const groups = await Promise.all(
            this._withVanished(config, answer.groups).map(async (raw) => {
                const group = this._parseGroup(config, raw);
                group.values = behind?.get(group.serverValue);
                const mayOpen = open < this.classes.MAX_NUMBER_OPENED_GROUPS;
                const isOpen = !(this.folded.get(group.key) ?? !(mayOpen && this._opensByDefault(config, group)));
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

    /** Groups where nothing is any more stay where they were until something else is searched. */
    _withVanished(config, found) {
        const search = JSON.stringify([config.domain, config.groupBy, config.context]);
        if (config.isRoot && this._found.search !== search) {
            this._found = { search, groups: new Map() };
        }
        const [spec] = config.groupBy;
        const list = this._foundKey(config);
        const keyOf = (raw) => JSON.stringify(raw[spec]);
        const present = new Set(found.map(keyOf));
        const shown = [...found];
        (this._found.groups.get(list) || []).forEach((raw, index) => {
            if (!present.has(keyOf(raw))) {
                shown.splice(index, 0, emptied(raw, config, spec));
            }
        });
        this._found.groups.set(list, shown);
        return shown;
    }

    /** Whether a group is open that the user did neither open nor fold. */
    _opensByDefault({ fields, groupBy, openGroupsByDefault }, { raw, value }) {
        const field = fields[groupBy[0].split(":")[0]];
        return Boolean(openGroupsByDefault && !raw.__fold && !(isRelational(field) && !value));
    }

    /** Values of the records that groups stand for, where the arch shows some. @returns {Promise<Map|undefined>} by id */
    async _loadGroupRecords(config, groups) {
        const [spec] = config.groupBy;
        const info = this.groupByInfo[spec];
        const ids = info ? groups.map((raw) => raw[spec]?.[0]).filter(Boolean) : [];
        if (!ids.length) {
            return undefined;
        }
        const { relation } = config.fields[spec];
        const rows = await this._loadRecords({ ...info, resModel: relation, context: config.context }, ids);
        return new Map(rows.map((row) => [row.id, row]));
    }

    /** The record that a group stands for, where the arch shows something of it. @returns {Record|null} */
    _makeGroupRecord(config, { serverValue, values }) {
        const [spec] = config.groupBy;
        if (!values) {
            return null;
        }
        const own = { isMonoRecord: true, mode: "readonly", resIds: [serverValue], resId: serverValue };
        const { context, fields } = config;
        const shared = { ...this.groupByInfo[spec], resModel: fields[spec].relation, context };
        return new this.classes.Record(this, { ...shared, ...own }, values);
    }

    _groupOrder(config) {
        const name = config.groupBy[0].split(":")[0];
        const usable = (config.orderBy || []).filter((item) => {
            const field = config.fields[item.name];
            return (
                item.name === name || item.name === "__count" || (field?.aggregator && item.name in config.activeFields)
            );
        });
        return orderByToString(usable);
    }

    /** @returns {Object} what a group tells; `isFolded` and `listData` are added */
    _parseGroup(config, raw) {
        const { groupBy, fields } = config;
        const info = extractInfoFromGroupData(raw, groupBy, fields);
        const key = JSON.stringify([groupBy[0], info.range ? info.range.from : info.value]);
        return { ...info, raw, key, domain: info.domain || config.domain };
    }

    _listConfig(config, group) {
        const { groupBy, limit, offset, ...others } = config;
        const rest = groupBy.slice(1);
        const context = { ...config.context };
        const name = groupBy[0].split(":")[0];
        if (group.serverValue !== undefined) {
            context[`default_${name}`] = group.serverValue;
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
            const record = this._makeGroupRecord(config, group);
            return new this.classes.Group(this, groupConfig, { ...group, list, record });
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

    /** Which list a group was found for. */
    _foundKey({ domain, groupBy, offset, limit }) {
        return JSON.stringify([domain, groupBy[0], offset, limit]);
    }

    /**
     * Have a group shown in which nothing is found yet, after the others.
     *
     * @param {Object} config of the list that is grouped by a many2one
     * @param {[number, string]} record that it stands for
     */
    expectGroup(config, record) {
        const [spec] = config.groupBy;
        const domain = Domain.and([config.domain, [[spec, "=", record[0]]]]).toList({});
        const sums = this._aggregateSpecs(config).map((aggregate) => [aggregate.split(":")[0], 0]);
        const raw = { ...Object.fromEntries(sums), [spec]: record, __domain: domain };
        this._found.groups.get(this._foundKey(config))?.push(raw);
    }

    /** Groups that are deleted are not kept. */
    forgetGroups() {
        this._found = { search: "", groups: new Map() };
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

    /**
     * Let the user take back what was done, where the page has the service for it.
     *
     * @param {string} message what was done
     * @param {(orm: Object) => Promise<any>} undo
     */
    offerUndo(message, undo) {
        this.env.services?.undo?.offer({ message, undo, resModel: this.config.resModel });
    }

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
