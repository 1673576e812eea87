"""The names of elements and attributes that drawings (SVG) may have."""

from __future__ import annotations

_ELEMENTS = """
    a altGlyph circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG
    feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence filter g glyphRef image line linearGradient marker mask metadata path pattern
    polygon polyline radialGradient rect solidcolor stop style svg switch symbol text textPath title tref tspan use view
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""Elements that are kept (SVG 1.1, appendix K; SVG 2): no `script`, `foreignObject`, animation, media or fonts."""

_ATTRIBUTES = """
    alignment-baseline amplitude azimuth baseFrequency baseProfile baseline-shift bias class clip clip-path clip-rule
    clipPathUnits color color-interpolation color-interpolation-filters color-profile color-rendering contentScriptType
    contentStyleType cursor cx cy d diffuseConstant direction display divisor dominant-baseline dx dy edgeMode elevation
    enable-background exponent fill fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity
    font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant
    font-variant-caps font-variant-ligatures font-variant-numeric font-weight fr fx fy
    glyph-orientation-horizontal glyph-orientation-vertical glyphRef gradientTransform gradientUnits height href id
    image-rendering in in2 inline-size intercept isolation k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning lang
    lengthAdjust letter-spacing lighting-color limitingConeAngle line-height marker marker-end marker-mid marker-start
    markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits method mix-blend-mode mode numOctaves
    offset opacity operator order orient origin overflow paint-order path pathLength patternContentUnits
    patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
    primitiveUnits r radius refX refY requiredExtensions requiredFeatures result role rotate rx ry scale seed
    shape-margin shape-padding shape-rendering side solid-color solid-opacity spacing specularConstant
    specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style
    surfaceScale systemLanguage tabindex tableValues target targetX targetY text-align text-anchor text-decoration
    text-decoration-color text-decoration-line text-decoration-style text-indent text-orientation text-overflow
    text-rendering text-transform textLength title transform transform-origin type unicode-bidi values
    vector-effect version viewBox visibility white-space width word-spacing writing-mode x x1 x2 xChannelSelector
    y y1 y2 yChannelSelector z zoomAndPan
"""
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
"""Attributes that are kept, besides `aria-…`, `data-…`, `xml:lang` and `xml:space`; `href` within the drawing only."""
