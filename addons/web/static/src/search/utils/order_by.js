/** `[{name, asc}]` -> "name ASC, ..." */
export function orderByToString(orderBy) {
    return orderBy.map(({ name, asc }) => `${name} ${asc ? "ASC" : "DESC"}`).join(", ");
}

/** "name desc" -> `[{name, asc}]` */
export function stringToOrderBy(string) {
    return (string || "")
        .split(",")
        .filter((part) => part.trim())
        .map((part) => {
            const [name, direction] = part.trim().split(/\s+/);
            return { name, asc: direction?.toLowerCase() !== "desc" };
        });
}
