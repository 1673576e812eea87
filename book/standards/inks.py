"""Colours and pictures turned into the four printing inks, through ICC profiles."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageMath

from book.project.profiles import srgb_profile

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, 0 to 1 each."""

BLACK: Ink = (0.0, 0.0, 0.0, 1.0)


def in_srgb(picture: Image.Image) -> Image.Image:
    """A CMYK picture in sRGB, by the profile that it carries, else by the plain sum of its inks."""
    embedded = picture.info.get("icc_profile")
    if embedded:
        with suppress(ImageCms.PyCMSError, OSError):
            own, srgb = (ImageCms.ImageCmsProfile(BytesIO(data)) for data in (embedded, srgb_profile()))
            shown = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
            assert shown is not None, "a new picture is made"
            return shown
    return picture.convert("RGB")


class Inks:
    """Converts into the inks of one printing condition.

    Colours are converted relative to the white of the paper, with black point compensation, as is
    usual for book work. What is grey becomes black ink alone: four inks never print one on another
    so exactly that small type would stay sharp.
    """

    def __init__(self, profile: bytes, limit: int) -> None:
        self._profile = profile
        self._limit = limit
        """The most ink in one place, in per cent: the sum of the four."""

    def rgb(self, red: float, green: float, blue: float) -> Ink:
        """The inks of a colour of sRGB, 0 to 1 each."""
        if max(red, green, blue) - min(red, green, blue) < 1 / 512:
            return (0.0, 0.0, 0.0, round(1 - green, 4))
        return self.limited(self._one("RGB", red, green, blue))

    def lab(self, lightness: float, a: float, b: float) -> Ink:
        """The inks of a colour of CIELAB: lightness 0 to 100, a and b from -125 to 125."""
        return self.limited(self._one("LAB", lightness / 100, (a + 128) / 255, (b + 128) / 255))

    def limited(self, ink: Ink) -> Ink:
        """These inks, with less of the three coloured ones if all together would be too much."""
        *colours, black = ink
        room = max(self._limit / 100 - black, 0)
        share = min(1.0, room / sum(colours)) if sum(colours) else 1.0
        cyan, magenta, yellow = (int(colour * share * 10000) / 10000 if share < 1 else colour for colour in colours)
        return (cyan, magenta, yellow, black)

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in CMYK, its ink limited; in grey (mode `L`, which is printed in black) if it has no colour.

        RGB is read with the profile that the picture carries, else as sRGB. CMYK is taken as it is.
        """
        if picture.mode in ("1", "L"):
            return picture.convert("L")
        if picture.mode == "CMYK":
            return self._limited_picture(picture)
        picture = picture.convert("RGB")
        red, green, blue = picture.split()
        if not any(ImageChops.difference(red, other).getbbox() for other in (green, blue)):
            return red
        converted = ImageCms.applyTransform(picture, self._transform_of(picture))
        assert converted is not None, "a new picture is made"
        return self._limited_picture(converted)

    def _transform_of(self, picture: Image.Image) -> ImageCms.ImageCmsTransform:
        """What converts an RGB picture: from its own profile, or from sRGB where that is absent or useless."""
        embedded = picture.info.get("icc_profile")
        if embedded:
            with suppress(ImageCms.PyCMSError, OSError):
                return self._transform("RGB", embedded)
        return self._transform("RGB", srgb_profile())

    def _limited_picture(self, picture: Image.Image) -> Image.Image:
        """A CMYK picture with less of the coloured inks where all together would be too much."""
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
    def _one(self, mode: str, *values: float) -> Ink:
        """The inks of one colour, whose values are from 0 to 1."""
        levels = tuple(min(max(round(value * 255), 0), 255) for value in values)
        source = srgb_profile() if mode == "RGB" else b""
        converted = ImageCms.applyTransform(Image.new(mode, (1, 1), levels), self._transform(mode, source))
        assert converted is not None, "a new picture is made"
        cyan, magenta, yellow, black = (round(level / 255, 4) for level in converted.tobytes())
        return (cyan, magenta, yellow, black)

    @lru_cache(maxsize=32)  # noqa: B019  (one object for each PDF that is bound)
    def _transform(self, mode: str, source: bytes) -> ImageCms.ImageCmsTransform:
        """What converts from a profile, or from CIELAB where that is empty."""
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
