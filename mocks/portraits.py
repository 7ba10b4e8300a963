"""Portraits of people who do not exist: a drawn face as PNG, always the same for the same person. No photograph, nobody's features."""

import random
import struct
import zlib
from functools import lru_cache
from math import sqrt

WIDTH, HEIGHT = 240, 320
SKIN = (b"\xf2\xd3\xb3", b"\xe8\xbf\x98", b"\xdc\xae\x85", b"\xf6\xdc\xc4")
HAIR = (b"\x22\x20\x20", b"\x4a\x46\x44", b"\x8c\x8a\x88", b"\xb8\xb6\xb4")
CLOTHES = (b"\x2f\x4f\x6f", b"\x6f\x3f\x3f", b"\x3f\x5f\x3f", b"\x50\x50\x58")
BACKGROUND, DARK, LIPS = b"\xdf\xea\xf4", b"\x30\x26\x22", b"\xb8\x60\x58"

Place = tuple[int, int]


class _Drawing:
    def __init__(self) -> None:
        self.rows = [bytearray(BACKGROUND * WIDTH) for _ in range(HEIGHT)]

    def ellipse(self, centre: Place, radii: Place, colour: bytes) -> None:
        (x, y), (across, up) = centre, radii
        for row in range(max(0, y - up), min(HEIGHT, y + up)):
            half = int(across * sqrt(1 - ((row - y) / up) ** 2))
            left, right = max(0, x - half), min(WIDTH, x + half)
            self.rows[row][3 * left : 3 * right] = colour * (right - left)

    def png(self) -> bytes:
        pixels = b"".join(b"\x00" + row for row in self.rows)
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@lru_cache(maxsize=256)
def portrait(key: str, sex: str) -> bytes:
    """A PNG of a few kilobytes."""
    chance = random.Random(key)
    skin, hair, clothes = chance.choice(SKIN), chance.choice(HAIR), chance.choice(CLOTHES)
    face, drawing = chance.randint(52, 62), _Drawing()
    if sex == "女":
        drawing.ellipse((120, 165), (face + 26, 105), hair)
    drawing.ellipse((120, 330), (100, 90), clothes)
    drawing.ellipse((120, 230), (26, 40), skin)
    drawing.ellipse((120, 130), (face + 10, 82), hair)
    drawing.ellipse((120, 150), (face, 72), skin)
    eye = (7, chance.randint(4, 6))
    drawing.ellipse((96, 142), eye, DARK)
    drawing.ellipse((144, 142), eye, DARK)
    drawing.ellipse((120, 166), (6, 8), DARK)
    drawing.ellipse((120, 165), (6, 8), skin)
    drawing.ellipse((120, 192), (chance.randint(13, 18), 4), LIPS)
    return drawing.png()
