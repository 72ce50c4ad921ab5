import { _t } from "@web/core/l10n/translation";
import { depth, keyOf, leaves, subTrees } from "@web/views/pivot/pivot_tree";

/**
 * The table of a pivot model as it is shown: rows of headers, and rows with their cells.
 */
export class PivotTable {
    /** @param {import("@web/views/pivot/pivot_model").PivotModel} model */
    constructor(model) {
        this.model = model;
        this.metaData = model.metaData;
        this.data = model.data;
        const { colGroupTree } = this.data;
        const columns = leaves(colGroupTree).map(({ root }) => root.values);
        /** Groups of the columns; a total comes after several. @type {any[][]} */
        this.columns = columns.length > 1 || columns[0].length ? [...columns, []] : columns;
    }

    get origins() {
        return this.metaData.domains.map((_domain, index) => index);
    }

    /** Which origins a cell compares: each by itself, and how each differs from the one before. */
    get originGroups() {
        const { origins } = this;
        return origins.flatMap((index) => (index ? [[index], [index - 1, index]] : [[index]]));
    }

    /** How many cells a group of columns has. */
    get width() {
        return this.metaData.activeMeasures.length * this.originGroups.length;
    }

    /** @returns {{headers: Object[][], rows: Object[]}} */
    make() {
        return { headers: this.headers(), rows: this.rows(this.data.rowGroupTree, []) };
    }

    // ------------------------------------------------------------------ headers

    headers() {
        const { activeMeasures } = this.metaData;
        const headers = this.groupHeaders();
        if (activeMeasures.length) {
            headers.push(this.measureHeaders());
        }
        if (this.origins.length > 1) {
            headers.push(this.originHeaders());
        }
        const [first] = headers;
        const { length: height } = headers;
        first.unshift({ title: "", label: "", height, width: 1, isCorner: true });
        return headers;
    }

    /** One row of headers for each level of the columns. */
    groupHeaders() {
        const { colGroupTree } = this.data;
        const height = depth(colGroupTree) + 1;
        const headers = Array.from({ length: height }, () => []);
        this.addGroupHeader(headers, colGroupTree, 0);
        if (this.columns.length > 1) {
            // the total of several columns
            headers[0].push({ title: "", label: "", height, width: this.width, isTotal: true });
        }
        return headers;
    }

    addGroupHeader(headers, tree, level) {
        const { labels, values } = tree.root;
        const isLeaf = !tree.directSubTrees.size;
        headers[level].push({
            groupId: [[], values],
            height: isLeaf ? headers.length - level : 1,
            isLeaf,
            isFolded: isLeaf && this.model.fullColGroupBys.length > values.length,
            label: labelOf(this.model.fullColGroupBys[values.length - 1], this.metaData),
            title: labels.at(-1) ?? _t("Total").toString(),
            width: leaves(tree).length * this.width,
        });
        subTrees(tree).forEach((sub) => this.addGroupHeader(headers, sub, level + 1));
    }

    measureHeaders() {
        const { activeMeasures, measures } = this.metaData;
        const { length: width } = this.originGroups;
        return this.columns.flatMap((values) =>
            activeMeasures.map((measure) => ({
                groupId: [[], values],
                height: 1,
                width,
                measure,
                title: measures[measure].string,
                originIndexes: [0],
                isSortable: this.origins.length === 1,
                ...this.orderOf(values, measure, [0]),
            }))
        );
    }

    originHeaders() {
        const { activeMeasures, origins } = this.metaData;
        return this.columns.flatMap((values) =>
            activeMeasures.flatMap((measure) =>
                this.originGroups.map((originIndexes) => ({
                    groupId: [[], values],
                    height: 1,
                    width: 1,
                    measure,
                    originIndexes,
                    isOrigin: true,
                    isSortable: true,
                    title: originIndexes.length > 1 ? _t("Variation").toString() : origins[originIndexes[0]],
                    ...this.orderOf(values, measure, originIndexes),
                }))
            )
        );
    }

    /** `{order}` of the column that rows are sorted by. */
    orderOf(values, measure, originIndexes) {
        const { sortedColumn } = this.metaData;
        const isThis =
            sortedColumn?.measure === measure &&
            keyOf([], sortedColumn.groupId[1]) === keyOf([], values) &&
            String(sortedColumn.originIndexes) === String(originIndexes);
        return isThis ? { order: sortedColumn.order } : {};
    }

    // ------------------------------------------------------------------ rows

    rows(tree, found) {
        const { labels, values } = tree.root;
        const isLeaf = !tree.directSubTrees.size;
        found.push({
            groupId: [values, []],
            indent: values.length,
            isLeaf,
            isFolded: isLeaf && this.model.fullRowGroupBys.length > values.length,
            label: labelOf(this.model.fullRowGroupBys[values.length - 1], this.metaData),
            title: labels.at(-1) ?? _t("Total").toString(),
            subGroupMeasurements: this.cells(values),
        });
        subTrees(tree).forEach((sub) => this.rows(sub, found));
        return found;
    }

    cells(rowValues) {
        const { activeMeasures } = this.metaData;
        return this.columns.flatMap((colValues) =>
            activeMeasures.flatMap((measure) =>
                this.originGroups.map((originIndexes) => ({
                    groupId: [rowValues, colValues],
                    measure,
                    originIndexes,
                    value: this.model._getCellValue([rowValues, colValues], measure, originIndexes),
                    isBold: !rowValues.length || (!colValues.length && this.columns.length > 1),
                }))
            )
        );
    }
}

/** What the groups of a level are called. */
function labelOf(groupBy, { fieldAttrs, fields }) {
    const [name] = (groupBy || "").split(":");
    return fieldAttrs[name]?.string || fields[name]?.string || "";
}
