/** How the page of the tests looks: it is in a tree of its own, which no style sheet of the client reaches. */
export const STYLE = `
    .o_tests { color-scheme: light dark; background: Canvas; color: CanvasText; min-height: 100vh;
        font: 15px/1.5 system-ui, sans-serif; }
    header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
        padding: .75rem 1rem; background: Canvas; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); }
    h1 { font-size: 1.1rem; margin: 0; }
    form { display: flex; gap: .5rem; flex: 1 1 16rem; }
    input[type=search] { flex: 1; min-width: 8rem; }
    input[type=search], button { font: inherit; padding: .4rem .75rem; border-radius: .375rem;
        border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); background: Canvas; color: CanvasText; }
    button { cursor: pointer; }
    .o_tests_status { flex-basis: 100%; font-weight: 600; }
    main { padding: 0 1rem 2rem; }
    h2 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
    a { color: inherit; text-underline-offset: .2em; text-decoration-color: color-mix(in srgb, CanvasText 30%, Canvas); }
    ul { list-style: none; margin: 0; padding: 0; }
    li { padding: .15rem 0 .15rem .75rem; border-inline-start: .25rem solid #2d7a46; margin-block: .1rem; }
    li.o_test_failed { border-color: #c0262d; }
    li.o_test_skipped, li.o_test_todo { border-color: #8a6d00; }
    small { opacity: .8; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; margin: .25rem 0;
        padding: .5rem .75rem; background: color-mix(in srgb, #c0262d 10%, Canvas); border-radius: .375rem; }
    .o_tests:not(.o_tests_show_passed) :is(.o_test_passed, .o_suite:not(.o_suite_failed)) { display: none; }
    :focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
`;
