from odoo.addons.html_editor.controllers.videos import find_video, video_data
from odoo.tests import BaseCase


class TestVideos(BaseCase):
    def test_addresses(self):
        for address, video in [
            ("https://www.youtube.com/watch?v=abcdefghijk", ("youtube", "abcdefghijk")),
            ("https://www.youtube.com/watch?list=x&v=abcdefghijk&t=4", ("youtube", "abcdefghijk")),
            ("youtu.be/abcdefghijk?t=3", ("youtube", "abcdefghijk")),
            ("https://www.youtube.com/shorts/abcdefghijk", ("youtube", "abcdefghijk")),
            ("//www.youtube-nocookie.com/embed/abcdefghijk", ("youtube", "abcdefghijk")),
            ("https://vimeo.com/123456789", ("vimeo", "123456789")),
            ("https://player.vimeo.com/video/123456789?h=1", ("vimeo", "123456789")),
            ("https://www.dailymotion.com/video/x7abcde", ("dailymotion", "x7abcde")),
            ("https://www.instagram.com/reel/Ab-_1/", ("instagram", "Ab-_1")),
        ]:
            with self.subTest(address):
                self.assertEqual(find_video(address), video)

    def test_other_addresses(self):
        for address in (
            *(None, "", 5, "https://example.com/watch?v=abcdefghijk", "javascript:alert(1)//youtu.be/abcdefghijk"),
            *("https://youtube.com.example.com/watch?v=abcdefghijk", "https://vimeo.com/" + "a" * 100_000),
        ):
            with self.subTest(address):
                self.assertIsNone(find_video(address))

    def test_players(self):
        plain = video_data("https://youtu.be/abcdefghijk")
        self.assertEqual(plain["embed_url"], "//www.youtube.com/embed/abcdefghijk?rel=0")
        endless = video_data("https://youtu.be/abcdefghijk", loop=True, hide_controls=True)
        self.assertEqual(endless["params"], {"loop": "1", "controls": "0", "playlist": "abcdefghijk"})
        self.assertIn("?rel=0&loop=1", endless["embed_url"])
        self.assertEqual(video_data("https://vimeo.com/123456789")["embed_url"], "//player.vimeo.com/video/123456789")
