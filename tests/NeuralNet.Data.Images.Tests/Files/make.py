"""Writes the JPEG files beside this script, and prints the scaled pixels that ResizingTests holds. Needs Pillow, numpy."""
import base64
import pathlib

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent
y, x = np.mgrid[0:10, 0:14]
image = Image.fromarray(np.stack([16 * x + 10, 20 * y + 20, 200 - 6 * x - 4 * y], -1).astype("uint8"))
image.save(here / "baseline.jpg", quality=95, subsampling=0)
image.save(here / "progressive.jpg", quality=95, subsampling=0, progressive=True)
image.save(here / "subsampled.jpg", quality=90)
image.convert("L").save(here / "grey.jpg", quality=95)
image.convert("CMYK").save(here / "cmyk.jpg", quality=80)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(here / f"orientation{orientation}.jpg", quality=95, subsampling=0, exif=exif)

pixels = np.random.RandomState(1).randint(0, 256, (5, 7, 3)).astype("uint8")
print("source", base64.b64encode(pixels.tobytes()).decode())
for height, width in ((3, 2), (9, 4), (2, 11)):
    scaled = Image.fromarray(pixels).resize((width, height), Image.BILINEAR)
    print(height, width, base64.b64encode(scaled.tobytes()).decode())
scaled = Image.fromarray(pixels).resize((4, 4), Image.BILINEAR, box=(1, 0, 6, 5))
print("crop 4 4", base64.b64encode(scaled.tobytes()).decode())
