const names = { type: Array, element: String };

const REQUIRED = {
    ...{ arch: Object, fields: Object, info: Object, relatedModels: Object, resModel: String },
    ...{ context: Object, domain: Array, groupBy: names, orderBy: Array, searchMenuTypes: names },
};

const OPTIONAL = {
    ...{ bannerRoute: String, className: String, display: Object, noBreadcrumbs: Boolean },
    ...{ limit: Number, useSampleModel: Boolean },
    ...{ globalState: Object, state: Object },
    ...{ createRecord: Function, selectRecord: Function, updateActionState: Function },
};

/** Props that view controllers receive. */
export const standardViewProps = {
    ...REQUIRED,
    ...Object.fromEntries(Object.entries(OPTIONAL).map(([name, type]) => [name, { type, optional: true }])),
    comparison: { validate: () => true, optional: true },
};
