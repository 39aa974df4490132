"""Two days of cleaning in the small shop, with everything that can befall a list."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from support.catalogue import PLANS
from support.shop import SmallShop
from workshop.commands.perform import utc_now


class BusyCleaning:
    """Yesterday and today; the area that was there yesterday has lists that come late."""

    def __init__(self, shop: SmallShop) -> None:
        self.shop = shop
        self.now = utc_now()

    def run(self) -> None:
        """Lists done, partly done, late, open and countersigned; a changed plan; spot checks and a violation."""
        do, at = self.shop.do, self.yesterday
        do("manager", "put-cleaning-plan", clock=at, plan="crib", lines=PLANS["bay"])
        number: Any = do("manager", "add-area", clock=at, area_name="工具间", plan="crib", team="一组")["number"]
        do("manager", "put-calendar-day", calendar_day=self.day(at()), day_kind="make_up")
        late = {"area": number, "list_day": self.day(at()), "moment": "before_leaving"}
        do("technician", "answer-cleaning-line", clock=at, **late, position=2, done=True)
        do("technician", "answer-cleaning-line", **late, position=3, done=True)
        do("technician", "sign-cleaning-list", **late, late_reason="昨晚抢修")
        self._signed("technician", self._list("一组工位", "before_leaving"), 2, 3)
        self._signed("technician", self._list("一组工位", "before_work"), 1)
        do("leader", "countersign-cleaning-list", **self._list("一组工位", "before_work"))
        opened = self._list("二组工位", "before_leaving")
        do("technician3", "answer-cleaning-line", **opened, position=2, done=False, reason="车在举升机上")
        closing = self._list("全车间", "closing")
        self._signed("technician2", closing, 1, 2, open_reason="二组加班")
        do("technician3", "answer-cleaning-line", **opened, position=3, done=True)
        do("manager", "put-cleaning-plan", plan="crib", lines=PLANS["bay"][:2])
        do("technician", "record-as-needed", area=self.shop.areas["一组工位"], position=6)
        self._spot_checks()
        do("leader", "record-violation", badge=self.shop.badge("technician"), violation="smoking", where="门口")

    def _spot_checks(self) -> None:
        area = {"area": self.shop.areas["一组工位"]}
        self.shop.do("leader", "record-spot-check", **area, passed=True)
        failed: Any = self.shop.do("leader", "record-spot-check", **area, passed=False, found="地面有油")["spot_check"]
        self.shop.do("technician", "remedy-spot-check", spot_check=failed, remedy="已清")
        self.shop.do("manager", "record-spot-check", **area, passed=False, found="有积水")

    def _signed(self, who: str, named: dict[str, Any], *positions: int, **more: object) -> None:
        for position in positions:
            self.shop.do(who, "answer-cleaning-line", **named, position=position, done=True)
        self.shop.do(who, "sign-cleaning-list", **named, **more)

    def _list(self, area: str, moment: str) -> dict[str, Any]:
        return {"area": self.shop.areas[area], "list_day": self.day(utc_now()), "moment": moment}

    def yesterday(self) -> datetime:
        """The same time a day earlier."""
        return self.now - timedelta(days=1)

    def day(self, now: datetime) -> date:
        """The shop's own day."""
        return now.astimezone(ZoneInfo("Asia/Shanghai")).date()
