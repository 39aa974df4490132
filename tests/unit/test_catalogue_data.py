"""The catalogues in `data/` agree with each other: plain csv, no program code involved."""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"

COLUMNS = {
    "operations": "code,name_zh,name_en,category,minutes,price,repair_class,checklist,gear,drip_pan,"
    "hoist_watcher,outside_covers,inside_covers,training",
    "checklists": "checklist,position,text_zh,text_en,unit,low,high,value_required",
    "parts": "part_no,name_zh,name_en,old_part,waste,unit,price,opening_stock",
    "fits": "part_no,make,model,year_from,year_to,engine,vin_prefix",
    "operation_parts": "operation,part_no,quantity",
    "tools": "tool_code,name_zh,name_en,tool_class,price,service,service_days,rated_load",
    "calendar": "day,kind,name_zh,name_en",
    "cleaning_plan": "plan,moment,text_zh,text_en",
}
KEYS = {
    "operations": ("code",),
    "checklists": ("checklist", "position"),
    "parts": ("part_no",),
    "fits": ("part_no", "make", "model", "year_from", "year_to", "engine", "vin_prefix"),
    "operation_parts": ("operation", "part_no"),
    "tools": ("tool_code",),
    "calendar": ("day",),
    "cleaning_plan": ("plan", "moment", "text_zh"),
}
WORDS = {
    ("operations", "category"): [
        "maintenance",
        "brake",
        "tyre",
        "chassis",
        "engine",
        "transmission",
        "electrical",
        "ac",
        "body",
        "ev",
    ],
    ("operations", "repair_class"): ["minor", "special", "level1", "level2", "assembly", "whole"],
    ("operations", "drip_pan"): ["yes", "no"],
    ("operations", "hoist_watcher"): ["yes", "no"],
    ("operations", "outside_covers"): ["yes", "no"],
    ("operations", "inside_covers"): ["yes", "no"],
    ("operations", "training"): ["", "high_voltage", "airbag", "gas"],
    ("checklists", "value_required"): ["yes", "no"],
    ("parts", "old_part"): ["returnable", "consumable", "first_fitting"],
    ("parts", "waste"): ["none", "hazardous"],
    ("parts", "unit"): ["pc", "l", "set", "bottle", "roll"],
    ("tools", "tool_class"): ["personal", "shared", "special", "instrument", "lift", "equipment"],
    ("tools", "service"): ["", "calibration", "inspection"],
    ("tools", "service_days"): ["", "180", "365"],
    ("calendar", "kind"): ["holiday", "make_up"],
    ("cleaning_plan", "moment"): ["before_work", "before_leaving", "friday", "weekly", "as_needed", "closing"],
}
GEAR = {
    "gloves",
    "goggles",
    "mask",
    "ear_protection",
    "safety_shoes",
    "insulating_gloves",
    "insulating_shoes",
    "face_shield",
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
PRICE = re.compile(r"[1-9]\d*\.\d\d")
COUNT = re.compile(r"0|[1-9]\d*")
HAN = re.compile(r"[\u4e00-\u9fff]")

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """All rows of one catalogue, each by its column names."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def lines_by_checklist() -> dict[str, list[Row]]:
    """The lines of every self-check template, in file order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows("checklists"):
        found[row["checklist"]].append(row)
    return found


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_has_its_columns_full_rows_and_plain_line_ends(name: str) -> None:
    raw = (DATA / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    table = list(csv.reader(raw.decode("utf-8").splitlines(), strict=True))
    assert ",".join(table[0]) == COLUMNS[name]
    assert len(table) > 1
    assert [row for row in table if len(row) != len(table[0])] == []
    assert [cell for row in table for cell in row if cell != cell.strip()] == []


@pytest.mark.parametrize("name", KEYS)
def test_no_key_comes_twice(name: str) -> None:
    keys = Counter(tuple(row[column] for column in KEYS[name]) for row in rows(name))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize(("name", "column"), WORDS)
def test_a_coded_column_holds_only_its_words(name: str, column: str) -> None:
    assert {row[column] for row in rows(name)} <= set(WORDS[name, column])


@pytest.mark.parametrize("name", ["operations", "checklists", "parts", "tools", "cleaning_plan", "calendar"])
def test_everything_is_named_in_both_languages(name: str) -> None:
    what = "text" if name in {"checklists", "cleaning_plan"} else "name"
    for row in rows(name):
        assert HAN.search(row[f"{what}_zh"]), row
        assert re.search(r"[A-Za-z]", row[f"{what}_en"]), row
        assert not HAN.search(row[f"{what}_en"]), row


@pytest.mark.parametrize("name", ["operations", "parts", "tools"])
def test_a_price_is_above_zero_with_two_decimals(name: str) -> None:
    assert [row for row in rows(name) if not PRICE.fullmatch(row["price"])] == []


def test_an_operation_lasts_whole_minutes_and_names_known_gear() -> None:
    for row in rows("operations"):
        assert COUNT.fullmatch(row["minutes"]), row
        assert int(row["minutes"]) > 0, row
        gear = row["gear"].split(";")
        assert len(gear) == len(set(gear)), row
        assert set(gear) <= GEAR, row


def test_every_operation_has_a_checklist_of_five_lines_or_more() -> None:
    templates = lines_by_checklist()
    used = {row["checklist"] for row in rows("operations")}
    assert [name for name in used if len(templates.get(name, [])) < 5] == []
    assert set(templates) == used | {"final_inspection"}


def test_the_lines_of_a_checklist_are_numbered_from_one_and_differ() -> None:
    for name, lines in lines_by_checklist().items():
        assert [line["position"] for line in lines] == [str(n) for n in range(1, len(lines) + 1)], name
        assert len({line["text_zh"] for line in lines}) == len(lines), name
        assert len({line["text_en"] for line in lines}) == len(lines), name


def test_a_measured_line_has_a_limit_and_any_other_line_has_none() -> None:
    for row in rows("checklists"):
        limits = [row[bound] for bound in ("low", "high") if row[bound]]
        assert bool(row["unit"]) == bool(limits), row
        assert all(NUMBER.fullmatch(limit) for limit in limits), row
        assert row["unit"] or row["value_required"] == "no", row
        if len(limits) == 2:
            assert Decimal(row["low"]) <= Decimal(row["high"]), row


def test_the_final_inspection_measures_a_road_test() -> None:
    assert [row for row in lines_by_checklist()["final_inspection"] if row["unit"] == "km"]


def test_the_opening_stock_is_a_whole_number() -> None:
    assert [row for row in rows("parts") if not COUNT.fullmatch(row["opening_stock"])] == []


def test_a_fit_names_a_part_and_plausible_years() -> None:
    parts = {row["part_no"] for row in rows("parts")}
    for row in rows("fits"):
        assert row["part_no"] in parts, row
        assert row["make"] or not any((row["model"], row["engine"], row["vin_prefix"])), row
        assert re.fullmatch(r"[A-HJ-NPR-Z0-9]{0,17}", row["vin_prefix"]), row
        years = [int(row[year]) for year in ("year_from", "year_to") if row[year]]
        assert years == sorted(years), row
        assert all(1980 <= year <= 2100 for year in years), row


def test_a_part_that_fits_everything_has_no_narrower_fit_beside_it() -> None:
    fits = defaultdict(list)
    for row in rows("fits"):
        fits[row["part_no"]].append(any(row[column] for column in KEYS["fits"][1:]))
    assert [part for part, narrow in fits.items() if len(narrow) > 1 and not all(narrow)] == []


def test_a_proposed_part_exists_with_fitment_data_and_a_quantity() -> None:
    operations = {row["code"] for row in rows("operations")}
    fitting = {row["part_no"] for row in rows("fits")}
    for row in rows("operation_parts"):
        assert row["operation"] in operations, row
        assert row["part_no"] in fitting, row
        assert COUNT.fullmatch(row["quantity"]), row
        assert int(row["quantity"]) > 0, row
