import { pick } from "@web/core/utils/objects";
import { ViewButton } from "@web/views/view_button/view_button";

/** Button above a list: runs on the selection. */
export class MultiRecordViewButton extends ViewButton {
    static props = [...ViewButton.props, "list", "domain?"];

    async onClick() {
        const { clickParams, domain, list } = this.props;
        const resIds = await list.getResIds(true);
        const target = { ...pick(list, "resModel", "context", "evalContext"), active_domain: domain, resIds };
        return this.env.onClickViewButton({ clickParams, getResParams: () => target });
    }
}
