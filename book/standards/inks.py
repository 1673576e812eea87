"""Converts colours and images to the four printing inks, with ICC profiles."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageMath

from book.project.profiles import srgb_profile

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""


def to_srgb(picture: Image.Image) -> Image.Image:
    """Convert a CMYK image to sRGB with its embedded profile, else by adding its inks."""
    embedded = picture.info.get("icc_profile")
    if embedded:
        with suppress(ImageCms.PyCMSError, OSError):
            own, srgb = (ImageCms.ImageCmsProfile(BytesIO(data)) for data in (embedded, srgb_profile()))
            shown = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
            assert shown is not None, "a new picture is made"
            return shown
    return picture.convert("RGB")


class Inks:
    """Converts colours to the inks of one printing condition.

    The conversion is relative colorimetric with black point compensation, as is usual for books. Greys become black ink
    alone, because four inks are never printed so exactly on each other that small type stays sharp.
    """

    def __init__(self, profile: bytes, limit: int) -> None:
        self._profile = profile
        self._limit = limit
        """Maximum ink in one place: the sum of the four, in per cent."""

    def rgb(self, red: float, green: float, blue: float) -> Ink:
        """The inks for an sRGB colour, each component from 0 to 1."""
        if max(red, green, blue) - min(red, green, blue) < 1 / 512:
            return (0.0, 0.0, 0.0, round(1 - green, 4))
        return self.limit_ink(self._convert_colour("RGB", red, green, blue))

    def lab(self, lightness: float, a: float, b: float) -> Ink:
        """The inks for a CIELAB colour: lightness from 0 to 100, a and b from -125 to 125."""
        return self.limit_ink(self._convert_colour("LAB", lightness / 100, (a + 128) / 255, (b + 128) / 255))

    def limit_ink(self, ink: Ink) -> Ink:
        """Reduce the three coloured inks if the sum exceeds the limit."""
        *colours, black = ink
        room = max(self._limit / 100 - black, 0)
        share = min(1.0, room / sum(colours)) if sum(colours) else 1.0
        cyan, magenta, yellow = (int(colour * share * 10000) / 10000 if share < 1 else colour for colour in colours)
        return (cyan, magenta, yellow, black)

    def picture(self, picture: Image.Image) -> Image.Image:
        """Convert an image to CMYK with limited ink; one without colour becomes greyscale (`L`), printed in black.

        RGB is read with the image's embedded profile, else as sRGB. CMYK is kept, but for the limit.
        """
        if picture.mode in ("1", "L"):
            return picture.convert("L")
        if picture.mode == "CMYK":
            return self._limit_picture_ink(picture)
        picture = picture.convert("RGB")
        red, green, blue = picture.split()
        if not any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
            return red
        converted = ImageCms.applyTransform(picture, self._transform_of(picture))
        assert converted is not None, "a new picture is made"
        return self._limit_picture_ink(converted)

    def _transform_of(self, picture: Image.Image) -> ImageCms.ImageCmsTransform:
        """The transform for an RGB image: from its embedded profile, or from sRGB if that is missing or invalid."""
        embedded = picture.info.get("icc_profile")
        if embedded:
            with suppress(ImageCms.PyCMSError, OSError):
                return self._transform("RGB", embedded)
        return self._transform("RGB", srgb_profile())

    def _limit_picture_ink(self, picture: Image.Image) -> Image.Image:
        """Reduce the coloured inks of a CMYK image where the sum exceeds the limit."""
        most = self._limit * 255 // 100
        cyan, magenta, yellow, black = picture.split()
        total = ImageMath.lambda_eval(
            lambda of: of["c"] + of["m"] + of["y"] + of["k"], c=cyan, m=magenta, y=yellow, k=black
        )
        if total.getextrema()[1] <= most:
            return picture

        def limit(of: dict[str, Any]) -> Any:
            colours = of["c"] + of["m"] + of["y"]
            room = of["max"](most - of["k"], 0)
            return of["convert"](of["one"] * of["min"](colours, room) / of["max"](colours, 1), "L")

        bands = (
            ImageMath.lambda_eval(limit, one=one, c=cyan, m=magenta, y=yellow, k=black)
            for one in (cyan, magenta, yellow)
        )
        return Image.merge("CMYK", (*bands, black))

    @lru_cache(maxsize=4096)  # noqa: B019  (one object for each PDF that is bound)
    def _convert_colour(self, mode: str, *values: float) -> Ink:
        """The inks for one colour, whose components are from 0 to 1."""
        levels = tuple(min(max(round(value * 255), 0), 255) for value in values)
        source = srgb_profile() if mode == "RGB" else b""
        converted = ImageCms.applyTransform(Image.new(mode, (1, 1), levels), self._transform(mode, source))
        assert converted is not None, "a new picture is made"
        cyan, magenta, yellow, black = (round(level / 255, 4) for level in converted.tobytes())
        return (cyan, magenta, yellow, black)

    @lru_cache(maxsize=32)  # noqa: B019  (one object for each PDF that is bound)
    def _transform(self, mode: str, source: bytes) -> ImageCms.ImageCmsTransform:
        """The transform from a profile, or from CIELAB if `source` is empty."""
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        profile = ImageCms.ImageCmsProfile(BytesIO(source)) if source else lab
        return ImageCms.buildTransform(
            profile, self._output, mode, "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )  # fmt: skip

    @cached_property
    def _output(self) -> ImageCms.ImageCmsProfile:
        """The profile of the printing condition."""
        return ImageCms.ImageCmsProfile(BytesIO(self._profile))
