import { reactive, useComponent, useEffect, useEnv } from "@odoo/owl";

/** Set the pager that the control panel shows. */
export function usePager(getProps) {
    const env = useEnv();
    const component = useComponent();
    env.config.pagerState ??= reactive({ props: null });
    useEffect(() => {
        const props = getProps.call(component) || null;
        const current = env.config.pagerState.props;
        const same =
            props &&
            current &&
            props.offset === current.offset &&
            props.limit === current.limit &&
            props.total === current.total &&
            Boolean(props.updateTotal) === Boolean(current.updateTotal);
        if (!same && (props || current)) {
            env.config.pagerState.props = props;
        } else if (same) {
            current.onUpdate = props.onUpdate;
        }
    });
    useEffect(
        () => () => {
            env.config.pagerState.props = null;
        },
        () => []
    );
}
