"""What is computed from relations whose other side is computed; each test names its entry."""

from odoo.tests import TransactionCase


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
