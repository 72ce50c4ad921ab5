"""What is computed from relations whose other side is inherited, computed, or a number; each test names its entry."""

from odoo import Command
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestInheritedInverse(TransactionCase):
    """X4: one2many fields whose inverse is inherited, or computed and not stored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Subject, cls.Notice = cls.env["test_orm.subject"], cls.env["test_orm.notice"]
        cls.first, cls.second = cls.Subject.create([{"name": "first"}, {"name": "second"}])

    def _check(self, subject, notices):
        """The subject has the notices, in the cache as in the database."""
        for _time in range(2):
            self.assertEqual(subject.notice_ids, notices)
            self.assertEqual(subject.notice_count, len(notices))
            self.assertEqual(subject.volume, sum(notices.mapped("volume")))
            self.env.flush_all()
            self.env.invalidate_all()

    def test_x4_created_line(self):
        self.assertFalse(self.first.notice_ids)
        self.assertEqual((self.first.notice_count, self.first.volume), (0, 0))
        notice = self.Notice.create({"name": "a", "subject_id": self.first.id, "volume": 2})
        self._check(self.first, notice)
        self._check(self.second, self.Notice)

    def test_x4_moved_line(self):
        notice = self.Notice.create({"name": "a", "subject_id": self.first.id, "volume": 2})
        self._check(self.first, notice)
        self._check(self.second, self.Notice)
        notice.subject_id = self.second
        self._check(self.first, self.Notice)
        self._check(self.second, notice)
        notice.memo_id.subject_id = self.first
        self._check(self.first, notice)
        self._check(self.second, self.Notice)
        notice.memo_id = self.env["test_orm.memo"].create({"subject_id": self.second.id})
        self._check(self.first, self.Notice)
        self._check(self.second, notice)

    def test_x4_commands(self):
        notices = self.Notice.create([{"name": "a"}, {"name": "b"}, {"name": "c"}])
        self.first.write({"notice_ids": [Command.link(notices[0].id), Command.create({"name": "d", "volume": 9})]})
        created = self.first.notice_ids - notices
        self.assertEqual(created.mapped("name"), ["d"])
        self._check(self.first, notices[0] + created)
        self.first.notice_ids = [Command.set(notices[1:].ids)]
        self._check(self.first, notices[1:])
        self.first.notice_ids = [Command.delete(notices[1].id), Command.unlink(notices[2].id)]
        self._check(self.first, self.Notice)
        self.assertEqual(notices.exists(), notices[0] + notices[2])

    def test_x4_several_records_are_read_together(self):
        notices = self.Notice.create([{"name": "a", "subject_id": self.first.id}, {"subject_id": self.second.id}])
        self.env.flush_all()
        self.env.invalidate_all()
        subjects = (self.first + self.second).with_prefetch()
        self.assertEqual(subjects[0].notice_ids, notices[0])
        with self.assertQueryCount(0):
            self.assertEqual(subjects[1].notice_ids.ids, notices[1].ids)

    def test_x4_domain_of_the_field(self):
        notices = self.Notice.create([{"subject_id": self.first.id, "volume": 3 * index} for index in range(4)])
        self.assertEqual(self.first.loud_notice_ids, notices[2:])
        notices[0].volume = 10
        self.assertEqual(self.first.loud_notice_ids, notices[0] + notices[2:])

    def test_x4_archived_lines(self):
        notices = self.Notice.create([{"subject_id": self.first.id, "active": index > 0} for index in range(2)])
        self.env.invalidate_all()
        self.assertEqual(self.first.notice_ids, notices[1])
        self.assertEqual(self.first.with_context(active_test=False).notice_ids, notices)

    def test_x4_search(self):
        notice = self.Notice.create({"name": "a", "subject_id": self.first.id})
        self.assertEqual(self.Subject.search([("notice_ids", "in", notice.ids)]), self.first)
        self.assertEqual(self.Subject.search([("notice_ids.name", "=", "a")]), self.first)

    def test_x4_computed_inverse(self):
        """A field that cannot be searched is computed for all records, which is worth a warning."""
        with self.assertLogs("odoo.fields", "WARNING") as logs:
            self.assertFalse(self.first.guessed_notice_ids)
        self.assertIn("test_orm.notice.guess_id", logs.output[0])
        self.assertEqual(self.first.guess_count, 0)
        notices = self.Notice.create([{"name": "first a"}, {"name": "second b"}, {"name": "first c"}])
        with mute_logger("odoo.fields"):
            for _time in range(2):
                self.assertEqual(self.first.guessed_notice_ids, notices[0] + notices[2])
                self.assertEqual(self.first.guess_count, 2)
                self.assertEqual(self.second.guessed_notice_ids, notices[1])
                self.env.invalidate_all()

    @mute_logger("odoo.fields")
    def test_x4_computed_inverse_changes(self):
        notice = self.Notice.create({"name": "first a"})
        self.assertEqual(self.first.guessed_notice_ids, notice)
        self.assertFalse(self.second.guessed_notice_ids)
        self.assertEqual((self.first.guess_count, self.second.guess_count), (1, 0))
        notice.name = "second a"
        self.assertFalse(self.first.guessed_notice_ids)
        self.assertEqual(self.second.guessed_notice_ids, notice)
        self.assertEqual((self.first.guess_count, self.second.guess_count), (0, 1))
        notice.unlink()
        self.assertFalse(self.second.guessed_notice_ids)


class TestComputedInverse(TransactionCase):
    """X5: one2many fields whose inverse is computed and stored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Club, cls.Member = cls.env["test_orm.club"], cls.env["test_orm.member"]

    def _check(self, club, members):
        for _time in range(2):
            self.assertEqual(club.member_ids, members)
            self.assertEqual(club.size, len(members))
            self.assertEqual(club.label, ",".join(member.nick or "" for member in members))
            self.env.flush_all()
            self.env.invalidate_all()

    def test_x5_created_member(self):
        club = self.Club.create({"name": "chess"})
        member = self.Member.create({"name": "chess"})
        self._check(club, member)

    def test_x5_read_first(self):
        """The relation is right in a read, and a search, too."""
        club = self.Club.create({"name": "chess"})
        self.assertFalse(club.member_ids)
        member = self.Member.create({"name": "chess"})
        self.assertEqual(club.read(["member_ids"])[0]["member_ids"], member.ids)
        member.name = "other"
        self.assertFalse(self.Club.search([("member_ids", "in", member.ids)]))
        self.assertEqual(club.read(["member_ids", "size"])[0], {"id": club.id, "member_ids": [], "size": 0})

    def test_x5_counter_alone(self):
        """The counter knows of pending members, whatever was looked at before."""
        club = self.Club.create({"name": "chess"})
        self.assertEqual(club.size, 0)
        self.Member.create({"name": "chess"})
        self.assertEqual(club.size, 1)

    def test_x5_stored_counter(self):
        club = self.Club.create({"name": "chess"})
        self.Member.create({"name": "chess"})
        self.env.flush_all()
        self.env.cr.execute("SELECT size FROM test_orm_club WHERE id = %s", [club.id])
        self.assertEqual(self.env.cr.fetchone(), (1,))

    def test_x5_renamed_member(self):
        clubs = self.Club.create([{"name": "chess"}, {"name": "golf"}])
        member = self.Member.create({"name": "chess", "nick": "m"})
        self._check(clubs[0], member)
        self._check(clubs[1], self.Member)
        member.name = "golf"
        self._check(clubs[0], self.Member)
        self._check(clubs[1], member)
        member.name = "nothing"
        self._check(clubs[1], self.Member)

    def test_commands_keep_the_context(self):
        """What is computed while commands are carried out sees the records that the caller sees."""
        clubs = self.Club.create([{"name": "chess"}, {"name": "golf"}])
        members = self.Member.create([{"name": "chess"}, {"name": "golf"}, {"name": "chess", "active": False}])
        self.assertEqual(clubs.mapped("size"), [1, 1])
        members[0].unlink()
        clubs[1].member_ids = [Command.delete(members[1].id)]
        self.assertEqual(clubs.mapped("size"), [0, 0])

    def test_x5_computed_anew(self):
        """A computation that nothing announced changes what depends on both clubs."""
        member = self.Member.create({"name": "chess"})
        other = self.Member.create({"name": "chess"})
        self.env.flush_all()
        club = self.Club.create({"name": "chess"})
        self._check(club, self.Member)
        self.env.add_to_compute(self.Member._fields["club_id"], member + other)
        self._check(club, member + other)
        club.name = "golf"
        self.env.add_to_compute(self.Member._fields["club_id"], member)
        self._check(club, other)

    def test_x5_two_hops(self):
        for read_first in (False, True):
            basins = self.env["test_orm.basin"].create([{}, {}])
            river = self.env["test_orm.river"].create({})
            if read_first:
                self.assertFalse(basins.river_ids)
                self.assertEqual(basins.mapped("size"), [0, 0])
            spring = self.env["test_orm.spring"].create({"river_id": river.id, "basin_id": basins[0].id})
            self.assertEqual(basins.mapped("size"), [1, 0])
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(basins.mapped("size"), [1, 0])
            spring.basin_id = basins[1]
            if read_first:
                self.assertEqual(basins[1].river_ids, river)
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(basins.mapped("size"), [0, 1])
            spring.unlink()
            self.assertEqual(basins.mapped("size"), [0, 0])


class TestModifiedBefore(TransactionCase):
    """X12: what depends on the values before a change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.env["test_orm.subject"].create([{"name": "first"}, {"name": "second"}])
        cls.leaflet = cls.env["test_orm.leaflet"].create({"res_model": "test_orm.subject", "res_id": cls.first.id})

    def setUp(self):
        super().setUp()
        self.calls = self.leaflet.calls
        self.calls.clear()
        self.addCleanup(self.calls.clear)

    def test_x12_create(self):
        self.env["test_orm.leaflet"].create({"res_model": "test_orm.subject", "res_id": self.first.id})
        self.assertEqual(self.calls, [(False, True, [self.first.id])])

    def test_x12_write(self):
        self.assertEqual(self.first.leaflet_ids, self.leaflet)
        self.assertFalse(self.second.leaflet_ids)
        self.leaflet.write({"res_id": self.second.id})
        self.assertEqual(self.calls, [(True, False, [self.first.id]), (False, False, [self.second.id])])
        self.assertFalse(self.first.leaflet_ids)
        self.assertEqual(self.second.leaflet_ids, self.leaflet)

    def test_x12_assignment(self):
        self.assertEqual(self.first.leaflet_ids, self.leaflet)
        self.leaflet.res_id = self.second.id
        self.assertEqual([call[:2] for call in self.calls], [(True, False), (False, False)])
        self.assertFalse(self.first.leaflet_ids)

    def test_x12_other_fields(self):
        self.leaflet.text = "t"
        self.assertFalse(self.calls)

    def test_x12_unlink(self):
        self.assertEqual(self.first.leaflet_ids, self.leaflet)
        self.leaflet.unlink()
        self.assertEqual(self.calls, [(True, False, [self.first.id])])
        self.assertFalse(self.first.leaflet_ids)

    def test_x12_lines(self):
        self.first.leaflet_ids = [Command.create({"res_model": "test_orm.subject", "text": "new"})]
        self.assertEqual(len(self.first.leaflet_ids), 2)
        self.env.invalidate_all()
        self.assertEqual(len(self.first.leaflet_ids), 2)
