import { browser } from "@web/core/browser/browser";
import { evaluateExpr } from "@web/core/py_js/py";
import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { Field } from "@web/views/fields/field";

/** Spans of time that a calendar can show. */
export const SCALES = ["day", "week", "month", "year"];
/** Where the span that was shown last is kept, for calendars whose arch names none. */
export const SCALE_KEY = "calendar-scale";

/** Attributes of the root that name fields. */
const FIELD_ATTRIBUTES = [
    ...["date_start", "date_stop", "date_delay", "all_day"],
    ...["recurrence_update", "create_name_field", "color"],
];
/** Attributes by which a field becomes a section of filters. */
const FILTER_ATTRIBUTES = ["avatar_field", "write_model", "write_field", "color", "filters"];
const DEFAULT_EVENT_LIMIT = 5;

/** Raised when the arch of a calendar makes no sense. */
export class CalendarParseArchError extends Error {
    name = "CalendarParseArchError";
}

/** Number of a view that an attribute holds. */
function viewIdOf(node, name) {
    return node.hasAttribute(name) ? parseInt(node.getAttribute(name), 10) || false : false;
}

/** The fields that the root of a calendar names, by what they mean. */
function readMapping(root) {
    if (!root.getAttribute("date_start")) {
        throw new CalendarParseArchError(`A calendar needs a field for the beginning of its events: "date_start"`);
    }
    const named = FIELD_ATTRIBUTES.filter((name) => root.getAttribute(name));
    return Object.fromEntries(named.map((name) => [name, root.getAttribute(name)]));
}

function readScales(root) {
    if (!root.hasAttribute("scales")) {
        return [...SCALES];
    }
    const named = root.getAttribute("scales").split(",");
    return named.map((name) => name.trim()).filter((name) => SCALES.includes(name));
}

function readScale(root, scales) {
    const mode = root.getAttribute("mode");
    if (mode && !scales.includes(mode)) {
        throw new CalendarParseArchError(`mode="${mode}" is none of the scales of this calendar: ${scales.join(", ")}`);
    }
    const scale = mode || browser.sessionStorage.getItem(SCALE_KEY) || "week";
    return scales.includes(scale) ? scale : scales[0];
}

function readEventLimit(root) {
    const text = root.getAttribute("event_limit");
    const limit = text === null ? DEFAULT_EVENT_LIMIT : evaluateExpr(text);
    if (!Number.isInteger(limit)) {
        throw new CalendarParseArchError(`event_limit="${text}" should be a whole number`);
    }
    return limit;
}

/** Reads the arch of calendars. */
export class CalendarArchParser {
    /**
     * @param {Element} arch
     * @param {Object} models fields of all models that the arch is about
     * @param {string} modelName
     * @returns {Object} what the root allows (`canCreate`, `quickCreate`, ...), `fieldMapping` (which field means what),
     *  `fieldNames` (what is read), `filtersInfo` (sections of filters by field), `popoverFieldNodes`, `scale`, `scales`
     * @throws {CalendarParseArchError}
     */
    parse(arch, models, modelName) {
        const fields = models[modelName].fields;
        const archInfo = this.parseRoot(arch, fields);
        const jsClass = arch.getAttribute("js_class");
        visitXML(arch, (node) => {
            if (node.tagName === "field") {
                this.visitField(node, archInfo, fields, () =>
                    Field.parseFieldNode(node, models, modelName, "calendar", jsClass)
                );
            }
        });
        return { ...archInfo, fieldNames: [...archInfo.fieldNames] };
    }

    /** What the attributes of the root say. */
    parseRoot(arch, fields) {
        const flag = (name, otherwise) => exprToBoolean(arch.getAttribute(name), otherwise);
        const fieldMapping = readMapping(arch);
        const scales = readScales(arch);
        const named = "display_name" in fields ? ["display_name"] : [];
        return {
            canCreate: flag("create", true),
            canDelete: flag("delete", true),
            canEdit: flag("edit", true),
            eventLimit: readEventLimit(arch),
            fieldMapping,
            fieldNames: new Set([...named, ...Object.values(fieldMapping)]),
            filtersInfo: {},
            formViewId: viewIdOf(arch, "form_view_id"),
            hasEditDialog: flag("event_open_popup", false),
            isDateHidden: flag("hide_date", false),
            isTimeHidden: flag("hide_time", false),
            popoverFieldNodes: {},
            quickCreate: flag("quick_create", true),
            quickCreateViewId: viewIdOf(arch, "quick_create_view_id") || null,
            scale: readScale(arch, scales),
            scales,
            showUnusualDays: flag("show_unusual_days", false),
        };
    }

    /** A field is shown in the popover of an event, and may be something to filter by. */
    visitField(node, archInfo, fields, parseNode) {
        const name = node.getAttribute("name");
        archInfo.fieldNames.add(name);
        archInfo.popoverFieldNodes[name] = parseNode();
        const isShown = !node.hasAttribute("invisible") || node.hasAttribute("filters");
        if (!isShown || !FILTER_ATTRIBUTES.some((attribute) => node.hasAttribute(attribute))) {
            return;
        }
        const { relation, string } = fields[name];
        archInfo.filtersInfo[name] ??= {
            fieldName: name,
            label: node.getAttribute("string") || string,
            resModel: relation,
            avatarFieldName: node.getAttribute("avatar_field") || null,
            colorFieldName: (node.hasAttribute("filters") && node.getAttribute("color")) || null,
            filterFieldName: node.getAttribute("filter_field") || null,
            writeFieldName: node.getAttribute("write_field") || null,
            writeResModel: node.getAttribute("write_model") || null,
        };
    }
}
