"""Writes vectors.json: assignments as a second implementation gives them. Plain Python 3: python3 vectors.py > vectors.json"""

import json


def murmur3(data, seed=0):
    mask = 0xFFFFFFFF
    h = seed
    whole = len(data) // 4 * 4
    for i in range(0, whole, 4):
        k = int.from_bytes(data[i:i + 4], "little") * 0xCC9E2D51 & mask
        k = (k << 15 | k >> 17) & mask
        h ^= k * 0x1B873593 & mask
        h = (h << 13 | h >> 19) & mask
        h = h * 5 + 0xE6546B64 & mask
    k = int.from_bytes(data[whole:], "little") * 0xCC9E2D51 & mask
    k = (k << 15 | k >> 17) & mask
    h ^= k * 0x1B873593 & mask
    h ^= len(data)
    h = (h ^ h >> 16) * 0x85EBCA6B & mask
    h = (h ^ h >> 13) * 0xC2B2AE35 & mask
    return h ^ h >> 16


def place(purpose, unit):
    return murmur3(f"{purpose}:{unit}".encode()) / 2 ** 32


def assign(unit, s):
    if s["namespace"]:
        n = s["namespace"]
        if not n["from"] <= place("namespace:" + n["name"], unit) < n["to"]:
            return None
    if place("ramp:" + s["salt"], unit) >= s["ramp_rate"]:
        return None
    total = sum(v["weight"] for v in s["variants"])
    at, edge = place("variant:" + s["salt"], unit) * total, 0
    for v in s["variants"]:
        edge += v["weight"]
        if at < edge:
            return v["name"]
    return s["variants"][-1]["name"]


assert murmur3(b"", 1) == 0x514E28B7 and murmur3(b"hello") == 0x248BFA47
settings = [
    {"salt": "checkout-2026", "variants": [{"name": "control", "weight": 1}, {"name": "one-page", "weight": 1}], "ramp_rate": 1, "namespace": None},
    {"salt": "voucher", "variants": [{"name": "none", "weight": 2}, {"name": "ten", "weight": 1}, {"name": "twenty", "weight": 1}], "ramp_rate": 0.5, "namespace": {"name": "prices", "from": 0.25, "to": 0.9}},
]
units = ["1", "42", "C01", "ada", "Zoë", "käufer-7", "顧客", "a much longer identifier of a visitor: 0f8fad5b-d9cb-469f-a165-70867728950e"] + [f"u{i}" for i in range(30)]
print(json.dumps([{"settings": s, "assignments": [[u, assign(u, s)] for u in units]} for s in settings], ensure_ascii=False, indent=1))
