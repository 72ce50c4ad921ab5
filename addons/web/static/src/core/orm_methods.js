/** Methods that change records. */
export const UPDATE_METHODS = [
    "unlink",
    "create",
    "write",
    "web_save",
    "web_save_lines",
    "action_archive",
    "action_unarchive",
    "copy",
    "toggle_active",
    "create_or_replace",
];
