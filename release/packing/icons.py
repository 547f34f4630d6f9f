"""Draws the program's icon from its SVG in all sizes: PNG files, an `.ico` and an `.icns`."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "resources" / "bxgui.svg"

LINUX_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MAC_SIZES = (16, 32, 64, 128, 256, 512, 1024)


def drawn(source: Path, size: int) -> bytes:
    """The picture as a PNG of so many pixels a side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return bytes(buffer.data().data())


def make(source: Path, folder: Path) -> None:
    """Write every file of the icon: `SIZE.png`, `bxgui.ico`, `bxgui.icns`."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in LINUX_SIZES:
        (folder / f"{size}.png").write_bytes(drawn(source, size))
    _write_all(source, WINDOWS_SIZES, folder / "bxgui.ico")
    _write_all(source, MAC_SIZES, folder / "bxgui.icns")


def _write_all(source: Path, sizes: tuple[int, ...], target: Path) -> None:
    *smaller, greatest = (Image.open(io.BytesIO(drawn(source, size))) for size in sizes)
    # Each size is drawn by itself: a picture that was made smaller is blurred.
    greatest.save(target, sizes=[(size, size) for size in sizes], append_images=smaller)


def main() -> None:
    """Write the files into the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    make(SOURCE, parser.parse_args().folder)


if __name__ == "__main__":
    main()
