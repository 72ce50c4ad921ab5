/** Search items for properties, which are made when somebody looks for them: nobody knows the properties before. */
import { DEFAULT_INTERVAL } from "@web/search/utils/dates";

const MOMENTS = ["date", "datetime"];

/**
 * @param {Object} searchModel
 * @param {string} fieldName of a field with properties
 * @returns {Promise<Object[]>} definitions of the properties that have values
 */
async function definitionsOf(searchModel, fieldName) {
    const found = await searchModel.fieldService.loadPropertyDefinitions(searchModel.resModel, fieldName);
    return Object.values(found).filter(({ type }) => type !== "separator");
}

function itemOf(parent, definition, type) {
    return {
        type,
        fieldName: `${parent.fieldName}.${definition.name}`,
        fieldType: definition.type,
        description: definition.string,
        definitionRecordId: definition.record_id,
        definitionRecordName: definition.record_name,
        isProperty: true,
        propertyFieldDefinition: definition,
        propertyItemId: parent.id,
        // the value of tags is a list
        ...(definition.type === "tags" && { operator: "in" }),
    };
}

/** Add an item unless it is there. */
function ensure(searchModel, item, groupId) {
    const known = Object.values(searchModel.searchItems).find(
        ({ propertyItemId, fieldName }) => propertyItemId === item.propertyItemId && fieldName === item.fieldName
    );
    if (known) {
        return known;
    }
    const id = searchModel.nextId++;
    const own = {
        ...item,
        id,
        groupId: groupId ?? searchModel.nextGroupId++,
        groupNumber: searchModel.nextGroupNumber,
    };
    searchModel.searchItems[id] = own;
    return own;
}

/** Make an item for grouping by each property of each field whose properties are offered. */
export async function makePropertyGroupBys(searchModel) {
    const parents = Object.values(searchModel.searchItems).filter(
        ({ type, fieldType, isProperty }) => type === "groupBy" && fieldType === "properties" && !isProperty
    );
    for (const parent of parents) {
        for (const definition of await definitionsOf(searchModel, parent.fieldName)) {
            const isMoment = MOMENTS.includes(definition.type);
            const item = itemOf(parent, definition, isMoment ? "dateGroupBy" : "groupBy");
            ensure(searchModel, isMoment ? { ...item, defaultIntervalId: DEFAULT_INTERVAL } : item, parent.groupId);
        }
    }
}

/** @returns {Promise<Object[]>} an item for searching in each property of a field */
export async function makePropertyFields(searchModel, parent) {
    const definitions = await definitionsOf(searchModel, parent.fieldName);
    return definitions.map((definition) => ensure(searchModel, itemOf(parent, definition, "field_property")));
}
