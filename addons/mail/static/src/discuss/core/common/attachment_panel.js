import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { AttachmentList } from "@mail/core/common/attachment_list";
import { useService } from "@web/core/utils/hooks";

/** Files that were sent in a channel, the newest first, by month. */
export class AttachmentPanel extends Component {
    static template = "discuss.AttachmentPanel";
    static components = { AttachmentList };
    static props = ["thread"];

    setup() {
        this.store = useState(useService("mail.store"));
        onWillStart(() => void this.props.thread.fetchMoreAttachments());
        onWillUpdateProps(({ thread }) => {
            if (thread.notEq(this.props.thread)) {
                thread.fetchMoreAttachments();
            }
        });
    }

    /** @returns {Array<{name: string, files: Object[]}>} */
    get months() {
        const groups = new Map();
        for (const file of this.props.thread.attachments) {
            const name = file.monthYear || "";
            groups.set(name, [...(groups.get(name) || []), file]);
        }
        return [...groups].map(([name, files]) => ({ name, files }));
    }
}
