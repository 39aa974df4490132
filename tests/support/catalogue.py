"""What the small shop of the tests sells, keeps and knows: short lists of everything the rules tell apart."""

from typing import Any

from workshop.domain.vins import with_check_digit

Given = dict[str, Any]

TEAMS = ("一组", "二组")
BAYS = tuple(f"{number}号工位" for number in range(1, 9))

_SWEEP: Given = {"moment": "before_work", "text_zh": "清扫地面", "text_en": "Floor swept"}
PLANS: dict[str, list[Given]] = {
    "bay": [
        _SWEEP,
        {"moment": "before_leaving", "text_zh": "地面", "text_en": "Floor"},
        {"moment": "before_leaving", "text_zh": "窗台", "text_en": "Window sills"},
        {"moment": "friday", "text_zh": "墙面和窗户", "text_en": "Walls and windows"},
        {"moment": "weekly", "text_zh": "车衣抹布清洗", "text_en": "Covers and rags washed"},
        {"moment": "as_needed", "text_zh": "脏车衣即洗", "text_en": "Soiled covers washed"},
    ],
    "shop": [
        {"moment": "closing", "text_zh": "门窗锁好", "text_en": "Doors and windows locked"},
        {"moment": "closing", "text_zh": "断电", "text_en": "Power off"},
        {"moment": "as_needed", "text_zh": "清倒垃圾", "text_en": "Litter taken out"},
    ],
}
# area, plan, team; without a team it is everybody's
AREAS = (("一组工位", "bay", "一组"), ("二组工位", "bay", "二组"), ("全车间", "shop", ""))

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

# One of everything that the rules of tools tell apart.
TOOL_MODELS: tuple[Given, ...] = (
    {"tool_code": "RATCHET", "name_zh": "棘轮扳手", "name_en": "Ratchet", "tool_class": "personal", "price": "110"},
    {"tool_code": "SOCKETS", "name_zh": "套筒组", "name_en": "Socket set", "tool_class": "shared", "price": "420.55"},
    {
        "tool_code": "TORQUE",
        "name_zh": "扭力扳手",
        "name_en": "Torque wrench",
        "tool_class": "instrument",
        "price": "520",
        "service": "calibration",
        "service_days": 365,
    },
    {
        "tool_code": "LIFT",
        "name_zh": "双柱举升机",
        "name_en": "Two-post lift",
        "tool_class": "lift",
        "price": "14500",
        "service": "inspection",
        "service_days": 180,
        "rated_load": 4000,
    },
)
# name, kind, owner
CARTS: tuple[tuple[str, str, str], ...] = (
    ("1号工具车", "cart", "technician"),
    ("2号工具车", "cart", "technician3"),
    ("正时套件", "kit", ""),
)
# code, cart that it belongs in, days ago of its calibration or inspection
TOOLS: tuple[tuple[str, str, int | None], ...] = (
    ("RATCHET", "1号工具车", None),
    ("SOCKETS", "1号工具车", None),
    ("RATCHET", "2号工具车", None),
    ("SOCKETS", "正时套件", None),
    ("SOCKETS", "", None),
    ("RATCHET", "", None),
    ("TORQUE", "", 100),
    ("TORQUE", "", 400),
    ("LIFT", "", 10),
)
IN_CART, IN_KIT, AT_BAY, SPARE, TORQUE, OVERDUE, LIFT = 0, 3, 4, 5, 6, 7, 8
"""Tools by their place in `TOOLS`: a ratchet in the technician's cart, socket sets in a kit and for a bay, a ratchet of
nobody's, two torque wrenches (the second past its calibration), a lift.
"""
KIT = "正时套件"
