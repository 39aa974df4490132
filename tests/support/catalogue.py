"""What the small shop of the tests sells, keeps and knows: short lists of everything the rules tell apart."""

from typing import Any

from workshop.domain.vins import with_check_digit

Given = dict[str, Any]

TEAMS = ("一组", "二组")
BAYS = tuple(f"{number}号工位" for number in range(1, 9))

CHECKLISTS: dict[str, list[Given]] = {
    "general": [
        {"text_zh": "油液无渗漏", "text_en": "No fluid leaks"},
        {"text_zh": "工位清理", "text_en": "Bay cleared"},
    ],
    "brakes": [
        {"text_zh": "摩擦片厚度", "text_en": "Pad thickness", "unit": "mm", "low": "3", "value_required": True},
        {
            "text_zh": "螺栓力矩",
            "text_en": "Bolt torque",
            "unit": "Nm",
            "low": "100",
            "high": "130.5",
            "value_required": True,
        },
        {"text_zh": "制动无异响", "text_en": "No brake noise"},
    ],
    "final_inspection": [
        {"text_zh": "路试", "text_en": "Road test"},
        {
            "text_zh": "胎压",
            "text_en": "Tyre pressure",
            "unit": "bar",
            "low": "2.2",
            "high": "2.8",
            "value_required": True,
        },
    ],
}

_BASE: Given = {"category": "maintenance", "checklist": "general", "minutes": 30, "price": "120"}
OPERATIONS: tuple[Given, ...] = (
    _BASE
    | {
        "code": "OIL",
        "name_zh": "更换机油",
        "name_en": "Oil change",
        "repair_class": "level1",
        "gear": "gloves",
        "drip_pan": True,
    },
    _BASE
    | {
        "code": "BRAKE",
        "name_zh": "更换制动片",
        "name_en": "Brake pads",
        "repair_class": "special",
        "checklist": "brakes",
        "hoist_watcher": True,
    },
    _BASE
    | {
        "code": "LEVEL2",
        "name_zh": "二级维护",
        "name_en": "Level-2 maintenance",
        "repair_class": "level2",
        "outside_covers": True,
    },
    _BASE
    | {
        "code": "GEARBOX",
        "name_zh": "变速器大修",
        "name_en": "Gearbox overhaul",
        "repair_class": "assembly",
        "checklist": "brakes",
        "minutes": 480,
        "price": "3600.50",
    },
    _BASE
    | {
        "code": "BATTERY",
        "name_zh": "动力电池检修",
        "name_en": "Traction battery",
        "repair_class": "special",
        "training": "high_voltage",
        "gear": "insulating_gloves;face_shield",
    },
    _BASE | {"code": "WASH", "name_zh": "清洗", "name_en": "Wash", "repair_class": "minor", "inside_covers": True},
)

PARTS: tuple[Given, ...] = (
    {
        "part_no": "FILTER",
        "name_zh": "机油滤清器",
        "name_en": "Oil filter",
        "old_part": "returnable",
        "hazardous": True,
        "price": "45",
    },
    {"part_no": "PAD", "name_zh": "制动片", "name_en": "Brake pad", "old_part": "returnable", "price": "88.80"},
    {"part_no": "BULB", "name_zh": "灯泡", "name_en": "Bulb", "old_part": "returnable", "price": "12"},
    {"part_no": "GREASE", "name_zh": "润滑脂", "name_en": "Grease", "old_part": "consumable", "price": "9.99"},
    {
        "part_no": "DASHCAM",
        "name_zh": "行车记录仪",
        "name_en": "Dash camera",
        "old_part": "first_fitting",
        "price": "399",
    },
    {
        "part_no": "OTHERS",
        "name_zh": "卡罗拉制动片",
        "name_en": "Corolla brake pad",
        "old_part": "returnable",
        "price": "91",
    },
)

# FILTER, GREASE and DASHCAM fit; PAD fits where the year is known; BULB has no data; OTHERS fits no Volkswagen.
FITS: dict[str, list[Given]] = {
    "FILTER": [{"make": make} for make in ("Volkswagen", "Toyota", "Honda", "Dongfeng")],
    "PAD": [{"make": "Volkswagen", "model": "Lavida", "year_from": 2018}],
    "GREASE": [{}],
    "DASHCAM": [{}],
    "OTHERS": [{"make": "Toyota", "model": "Corolla"}],
}

VEHICLES: tuple[Given, ...] = tuple(
    {
        "vin": with_check_digit(f"LSVAA4187E{2_123_450 + number}"),
        "plate": plate,
        "make": make,
        "model": model,
        "model_year": year,
        "vehicle_class": kind,
    }
    for number, (plate, make, model, year, kind) in enumerate(
        (
            ("粤B12345", "Volkswagen", "Lavida", 2019, "car"),
            ("粤B23456", "Volkswagen", "Lavida", 2020, "car"),
            ("粤BD12345", "Volkswagen", "ID.4", 2023, "car"),
            (None, "Volkswagen", "Lavida", 2024, "car"),
            ("京A88888", "Toyota", "Corolla", 2018, "car"),
            ("沪C54321", "Volkswagen", "Lavida", None, "car"),
            ("粤B34567", "Honda", "CB400", 2021, "motorcycle"),
            ("粤B45678", "Dongfeng", "Tianlong", 2017, "other"),
        )
    )
)
CUSTOMERS: tuple[tuple[str, str], ...] = tuple(
    (f"{surname}先生", f"1380000000{number}") for number, surname in enumerate("周吴郑王冯陈褚卫")
)
