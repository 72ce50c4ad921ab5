import { ViewButton } from "@web/views/view_button/view_button";

/** Button above a list: runs on the selection. */
export class MultiRecordViewButton extends ViewButton {
    static props = [...ViewButton.props, "list", "domain?"];

    async onClick() {
        const { clickParams, list } = this.props;
        const resIds = await list.getResIds(true);
        if (list.isDomainSelected) {
            clickParams.context = { ...clickParams.context };
        }
        return this.env.onClickViewButton({
            clickParams,
            getResParams: () => ({
                context: list.context,
                evalContext: list.evalContext,
                resModel: list.resModel,
                resIds,
                active_domain: this.props.domain,
            }),
        });
    }
}
