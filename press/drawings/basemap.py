"""The country outlines behind every map of the book: data/basemap.geojson.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install -e .[basemap]
    python -m press basemap package/countries-50m.json

The outlines are Natural Earth's (public domain, scale 1:50 million) as the npm
package world-atlas carries them. They are clipped to the area of the alliance and
simplified together, so that neighbors keep one common border. Two layers are written:
`csto-area` (coarse, Belarus to the Altai) and `central-asia` (finer).
Boundaries are illustrative. Natural Earth draws Crimea with Russia, which controls it;
the book follows UN General Assembly resolution 68/262 and draws it with Ukraine.
"""

import json
from pathlib import Path

import pyogrio.raw
import shapely
from shapely.geometry import box, mapping

from casebook.contents import DATA

from ..files import write_whole

OUTPUT = DATA / "basemap.geojson"
LAYERS = {  # layer: (west, south, east, north), tolerance in degrees, decimals kept
    "csto-area": ((5, 22, 115, 72), 0.3, 1),
    "central-asia": ((54, 34.5, 82, 47), 0.04, 2),
}
CRIMEA = box(32.0, 44.2, 36.7, 46.3)


def write_basemap(path: Path) -> Path:
    """Write the outlines from a TopoJSON file of world-atlas; return the path of the map.

    Raises
    ------
    ValueError
        If Crimea is not a polygon of its own in the file.
    """
    _, _, shapes, (countries,) = pyogrio.raw.read(path, layer="countries", columns=["name"])
    outlines = dict(zip(countries, shapely.make_valid(shapely.from_wkb(shapes))))
    crimea = shapely.union_all([p for p in shapely.get_parts(outlines["Russia"]) if CRIMEA.contains(p)])
    if crimea.is_empty:
        raise ValueError(
            f"{path}: no separate polygon of Russia lies inside {CRIMEA.bounds}; check where Crimea is drawn"
        )
    outlines["Russia"] = outlines["Russia"].difference(crimea)
    outlines["Ukraine"] = outlines["Ukraine"].union(crimea)

    features = []
    for layer, (bounds, tolerance, decimals) in LAYERS.items():
        clipped = {name: outline.intersection(box(*bounds)) for name, outline in outlines.items()}
        names = sorted(name for name, outline in clipped.items() if not outline.is_empty)
        simple = shapely.coverage_simplify([clipped[name] for name in names], tolerance)
        for name, outline in zip(names, simple):
            polygons = [part for part in shapely.get_parts(outline) if part.geom_type == "Polygon"]
            parts = [polygon for polygon in polygons if polygon.area > 4 * tolerance**2]
            if parts:
                rounded = shapely.set_precision(shapely.MultiPolygon(parts), 10**-decimals)
                geometry = mapping(shapely.transform(rounded, lambda points, to=decimals: points.round(to)))
                features.append({"type": "Feature", "properties": {"layer": layer, "name": name}, "geometry": geometry})
    collection = {"type": "FeatureCollection", "features": features}
    lines = json.dumps(collection, separators=(",", ":")).replace('{"type":"Feature",', '\n{"type":"Feature",')
    write_whole(OUTPUT, lines + "\n")
    return OUTPUT
