"""Maps from the book's own outlines (data/basemap.geojson). Boundaries are illustrative."""

import json
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from .contents import DATA
from .map_views import LABELS, LEADERS, PLACES, SHORT_NAMES, SUBJECTS, TOWNS, VIEWS
from .style import COLORS, WIDTH

#: A plate behind a name: a halo would turn the text into outlines, ten times the bytes.
PLATE = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}

#: Side of a mark on which its name is written -> how the name is placed, in points from the mark.
SIDES = {
    "right": {"xytext": (8, 0), "ha": "left", "va": "center"},
    "left": {"xytext": (-8, 0), "ha": "right", "va": "center"},
    "above": {"xytext": (0, 8), "ha": "center", "va": "bottom"},
    "below": {"xytext": (0, -8), "ha": "center", "va": "top"},
}

LAND = "#F2F0EA"
SEA = "#DCE8F0"


def project(longitude, latitude, view: str):
    """Project degrees to the plane with an Albers equal-area conic projection.

    Parameters
    ----------
    longitude, latitude : float or array of float
        Degrees east and north.
    view : str
        Its corners fix the standard parallels and the center.

    Returns
    -------
    tuple of array
        x and y in units of the earth's radius.

    References
    ----------
    Snyder, Map Projections: A Working Manual, US Geological Survey Professional Paper 1395 (1987), p. 100.
    """
    west, south, east, north = np.radians(VIEWS[view][1])
    first, second = south + (north - south) / 6, north - (north - south) / 6
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    rho = np.sqrt(c - 2 * n * np.sin(np.radians(latitude))) / n
    theta = n * (np.radians(longitude) - (west + east) / 2)
    return rho * np.sin(theta), -rho * np.cos(theta)


@cache
def outlines(view: str) -> dict:
    """Countries of one view: name -> projected `matplotlib.path.Path`, clipped to the picture.

    What lies outside the picture would only add bytes to every copy of the map.
    """
    _accept("map views", [view], VIEWS)
    collection = json.loads((DATA / "basemap.geojson").read_text(encoding="utf-8"))
    found = {}
    for feature in collection["features"]:
        if feature["properties"]["layer"] == VIEWS[view][0]:
            rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
            paths = [Outline(np.column_stack(project(*np.array(ring).T, view)), closed=True) for ring in rings]
            clipped = Outline.make_compound_path(*paths).clip_to_bbox(_picture(view).padded(0.01))
            if len(clipped):
                found[feature["properties"]["name"]] = clipped
    return found


def _picture(view: str) -> Bbox:
    """The rectangle that a view shows, in projected units."""
    west, south, east, north = VIEWS[view][1]
    middle = (west + east) / 2
    (left, right, _, _), (_, _, bottom, top) = project(
        np.array([west, east, middle, middle]), np.array([south, south, south, north]), view
    )
    return Bbox([[left, bottom], [right, top]])


def draw_map(groups: dict, view: str = "csto-area") -> tuple[plt.Figure, plt.Axes]:
    """Draw a map with some states filled and named.

    Parameters
    ----------
    groups : dict
        State name -> style of its fill: a dict with `color` and, so that color is never
        alone, optionally `hatch` (matplotlib's hatch patterns) and `edge` (color of the border).
    view : str
        ``"csto-area"`` (Belarus to the Altai), ``"eastern-central-asia"``, ``"kyrgyzstan"``, ``"tajikistan"`` or
        ``"tajik-afghan-border"``.

    Returns
    -------
    tuple of (matplotlib.figure.Figure, matplotlib.axes.Axes)

    Raises
    ------
    ValueError
        If the view or a state is unknown, naming those accepted, or a style has no color.
    """
    shapes = outlines(view)
    _accept(f"states on the map {view!r}", groups, LABELS[view])
    for name, style in groups.items():
        if "color" not in style:
            raise ValueError(f"map {view!r}: the style of {name} needs a color")
    picture = _picture(view)
    figure, axes = plt.subplots(figsize=(WIDTH, WIDTH * picture.height / picture.width), layout="none")
    axes.set_position([0, 0, 1, 1])
    axes.set(xlim=picture.intervalx, ylim=picture.intervaly, aspect="equal")
    axes.axis("off")
    figure.set_facecolor(SEA)
    for name, path in shapes.items():
        style = groups.get(name, {"color": LAND})
        line = {"edgecolor": style.get("edge", COLORS["gray"]), "linewidth": 0.6}
        axes.add_artist(PathPatch(path, facecolor=style["color"], clip_on=False, **line))
        if style.get("hatch"):
            hatch = {"hatch": style["hatch"], "edgecolor": "white", "linewidth": 0}
            axes.add_artist(PathPatch(path, facecolor="none", clip_on=False, **hatch))
    for name in groups:
        place = project(*LABELS[view][name], view)
        if name in LEADERS.get(view, {}):
            end = project(*LEADERS[view][name], view)
            axes.plot([place[0], end[0]], [place[1], end[1]], color=COLORS["ink"], linewidth=0.7)
        axes.text(*place, name, ha="center", va="center", fontsize=10, color=COLORS["ink"], bbox=PLATE)
    return figure, axes


def draw_places(
    places, kinds: dict[str, str], view: str, notes: dict[str, str] | None = None
) -> tuple[plt.Figure, plt.Axes]:
    """Draw a map of all states of a view, with some places.

    Parameters
    ----------
    places : pandas.DataFrame
        Rows of places.csv.
    kinds : dict
        Place -> how it is drawn: ``"town"``, or ``"earlier"`` for small and gray.
    view : str
        A key of `casebook.map_views.PLACES`, which says where the names are written.
    notes : dict, optional
        Place -> words behind its name, such as ``": 2"``.
    """
    notes = notes or {}
    fills = {state: {"color": "white" if state in SUBJECTS[view] else LAND} for state in LABELS[view]}
    figure, axes = draw_map(fills, view)
    names = {place: (SHORT_NAMES.get(place, place) + notes.get(place, ""), PLACES[view][place]) for place in kinds}
    add_places(axes, places.assign(id=places["name"], kind=places["name"].map(kinds)), names, view)
    return figure, axes


def add_places(axes, places, names: dict, view: str) -> None:
    """Mark places and a few towns on a map made by `draw_map`.

    Parameters
    ----------
    places : pandas.DataFrame
        Columns `id`, `lat`, `lon` (degrees), `kind` (``"base"`` is drawn as a square,
        ``"earlier"`` small and gray) and `location`; ``"approximate"`` places are drawn hollow. A place outside the
        picture becomes an arrowhead at its edge, in the direction of the place.
    names : dict
        Place id -> name and the side of the mark for it, a key of `SIDES`.

    Raises
    ------
    ValueError
        If a place id or a side is unknown; names those accepted.
    """
    _accept("places", names, set(places["id"]))
    _accept("sides", {side for _, side in names.values()}, SIDES)
    for town, (longitude, latitude, side) in TOWNS.get(view, {}).items():
        point = project(longitude, latitude, view)
        axes.plot(*point, ".", color=COLORS["ink"], markersize=5)
        _name(axes, point, town, side, COLORS["gray"])
    for place in places[places["id"].isin(list(names))].itertuples():
        point, heading = _inside(project(place.lon, place.lat, view), _picture(view))
        earlier = place.kind == "earlier"
        color = COLORS["gray" if earlier else "vermilion"]
        fill = "white" if place.location == "approximate" else color
        shape = (3, 0, heading) if heading is not None else "s" if place.kind == "base" else "o"
        axes.plot(*point, marker=shape, color=color, markerfacecolor=fill, markersize=5 if earlier else 7)
        _name(axes, point, *names[place.id], COLORS["gray" if earlier else "ink"])


def _name(axes, point, text, side, color) -> None:
    axes.annotate(text, point, textcoords="offset points", fontsize=8.5, color=color, bbox=PLATE, **SIDES[side])


def _inside(point, picture: Bbox):
    """The point, or where the line to it leaves the picture, and then its heading in degrees from north."""
    middle = np.array([(picture.x0 + picture.x1) / 2, (picture.y0 + picture.y1) / 2])
    way = np.array(point) - middle
    share = np.max(np.abs(way) / (0.45 * np.array(picture.size)))
    if share <= 1:
        return point, None
    return middle + way / share, np.degrees(np.arctan2(-way[0], way[1]))


def _accept(what: str, given, known) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"unknown {what}: {', '.join(unknown)}; accepted: {', '.join(sorted(known))}")
