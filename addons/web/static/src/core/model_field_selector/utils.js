import { useService } from "@web/core/utils/hooks";

/** @returns {(resModel: string, path: any) => Promise<{resModel: string, fieldDef: Object|null}>} */
export function useLoadFieldInfo(fieldService = useService("field")) {
    return (resModel, path) => fieldService.loadFieldInfo(resModel, path);
}

/**
 * Function that tells labels of the steps of a path.
 *
 * @returns {(resModel: string, path: any, allowEmpty?: boolean) => Promise<{isInvalid: boolean, displayNames: string[]}>}
 */
export function useLoadPathDescription(fieldService = useService("field")) {
    return async (resModel, path, allowEmpty = false) => {
        if (typeof path !== "string" || !path) {
            // what is no field: the sides of a condition that always holds or never, or nothing
            const isNumber = path === 0 || path === 1;
            const isNothing = !path && !isNumber;
            return { displayNames: isNothing ? [] : [String(path)], isInvalid: isNothing ? !allowEmpty : !isNumber };
        }
        const { isInvalid, names, modelsInfo } = await fieldService.loadPath(resModel, path);
        const fields = names.map((name, index) => modelsInfo[index]?.fieldDefs[name]);
        // what a record has in a field with properties is no value
        const isContainer = fields.at(-1)?.type === "properties";
        return {
            displayNames: fields.map((field, index) => field?.string || names[index]),
            isInvalid: Boolean(isInvalid) || isContainer,
        };
    };
}
