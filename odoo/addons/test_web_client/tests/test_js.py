from odoo.tests import HttpCase, tagged

SUCCESS = "[HOOT] Test suite succeeded"
QUNIT_SUCCESS = "QUnit test suite done."


@tagged("post_install", "-at_install")
class TestJs(HttpCase):
    """The unit tests of web and of an addon run in the browser."""

    def test_s80_suites(self):
        self.browser_js("/web/tests?headless&preset=desktop", "", "", login="admin", success_signal=SUCCESS)

    def test_s80_a_test_that_fails_says_what_is_wrong(self):
        with self.assertRaisesRegex(self.failureException, r"(?s)on small screens.*expected true to be false"):
            page = "/web/tests?headless&preset=mobile&tag=mobile"
            self.browser_js(page, "", "", login="admin", success_signal=SUCCESS)

    def test_suites_for_qunit(self):
        self.browser_js("/web/tests/legacy?mod=web", "", "", login="admin", success_signal=QUNIT_SUCCESS)

    def test_suites_for_qunit_that_fail_say_what_is_wrong(self):
        wrong = r"(?s)Small screens: fails.*sums.*expected 3.*received 2.*Small screens: throws.*colour"
        with self.assertRaisesRegex(self.failureException, wrong):
            self.browser_js("/web/tests/legacy/mobile", "", "", login="admin", success_signal=QUNIT_SUCCESS)


@tagged("post_install", "-at_install")
class TestPublicPage(HttpCase):
    """Widgets and components of a public page."""

    def test_widgets_of_a_public_page(self):
        script = """
            const counter = document.querySelector(".o_test_counter");
            const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            const expect = (found, wanted) => {
                if (found !== wanted) {
                    console.error(`${found} is not ${wanted}`);
                }
            };
            const steps = async () => {
                expect(counter.querySelector(".o_count").textContent, "3");
                counter.querySelector(".o_more").click();
                await frame();
                expect(counter.querySelector(".o_count").textContent, "4");
                expect(counter.dataset.shown, "4");
                expect(document.querySelector(".o_notification_content").textContent, "Now 4");
                expect(document.querySelector(".o_greeting").textContent, "Hello Dana");
                document.querySelector("[data-widget]").click();
                await frame();
                expect(document.querySelectorAll(".o_datetime_picker").length, 1);
                const root = await odoo.loader.modules.get("@web/legacy/js/public/public_root_instance").default;
                root.trigger_up("widgets_stop_request", { $target: $(counter) });
                expect(counter.querySelector(".o_count").textContent, "gone");
                counter.querySelector(".o_more").click();
                expect(counter.querySelector(".o_count").textContent, "gone");
                console.log("test successful");
            };
            steps();
        """
        self.browser_js("/test_web_client/page", script, "odoo.isReady")
