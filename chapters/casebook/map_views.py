"""Which parts of the basemap the book shows, and where names are written on them. A new map is a new entry here."""

#: View -> layer of the basemap and corners of the picture (west, south, east, north) in degrees.
VIEWS = {
    "csto-area": ("csto-area", (23, 34, 88, 60)),
    "eastern-central-asia": ("central-asia", (63.5, 36.2, 80, 45)),
    "kyrgyzstan": ("central-asia", (67.3, 38.7, 78.3, 43.7)),
    "tajikistan": ("central-asia", (67.2, 36.45, 72.9, 40.75)),
    "tajik-afghan-border": ("central-asia", (66.6, 36.1, 75.3, 39.4)),
}

#: View -> where a state's name is written (longitude, latitude); small states are named beside their outline.
LABELS = {
    "csto-area": {
        "Armenia": (38.5, 37.4),
        "Azerbaijan": (51.2, 38.4),
        "Belarus": (28, 53.5),
        "Georgia": (36.6, 43.2),
        "Kazakhstan": (67, 48.3),
        "Kyrgyzstan": (81, 40.3),
        "Russia": (45, 55.5),
        "Tajikistan": (72.5, 36.2),
        "Turkmenistan": (60.3, 36),
        "Uzbekistan": (62.5, 42.3),
    },
    "eastern-central-asia": {
        "Kazakhstan": (69.3, 44.2),
        "Kyrgyzstan": (76.6, 41.5),
        "Tajikistan": (72.7, 38.3),
        "Uzbekistan": (65, 41.4),
    },
    "kyrgyzstan": {
        "Kazakhstan": (70.6, 43.05),
        "Tajikistan": (71, 39),
        "Uzbekistan": (68.6, 40.2),
        "Kyrgyzstan": (75.7, 41.6),
    },
    "tajikistan": {
        "Tajikistan": (71.9, 38.6),
        "Afghanistan": (70.75, 37.45),
        "Kyrgyzstan": (71.8, 39.9),
        "Uzbekistan": (68, 40.35),
    },
    "tajik-afghan-border": {
        "Afghanistan": (69.2, 36.4),
        "Tajikistan": (73, 38.6),
    },
}

#: Small states that need a line from the name to the outline: longitude, latitude of its end.
LEADERS = {
    "csto-area": {
        "Armenia": (44.9, 40.3),
        "Azerbaijan": (48.2, 40.3),
        "Georgia": (42.6, 42.2),
        "Kyrgyzstan": (76, 41.4),
        "Tajikistan": (71, 38.6),
    }
}

#: View -> towns for orientation: longitude, latitude and the side for the name.
TOWNS = {
    "eastern-central-asia": {
        "Andijan": (72.344, 40.783, "right"),
        "Batken": (70.819, 40.063, "right"),
        "Bishkek": (74.57, 42.875, "left"),
        "Manas (United States)": (74.477, 43.061, "above"),
        "Tashkent": (69.28, 41.311, "left"),
    },
}

#: View -> states that a map of places is about: white, where the other states are pale.
SUBJECTS = {
    "kyrgyzstan": ("Kyrgyzstan",),
    "tajikistan": ("Tajikistan",),
    "tajik-afghan-border": ("Afghanistan", "Tajikistan"),
}

#: View -> place in places.csv -> side of its mark on which its name is written.
PLACES = {
    "kyrgyzstan": {
        "Talas": "left",
        "Bishkek": "above",
        "Kant": "right",
        "Osh": "below",
        "Jalal-Abad": "right",
        "Andijan": "left",
        "Tashkent": "below",
        "Moscow": "right",
        "Minsk": "below",
    },
    "tajikistan": {
        "Gharm": "right",
        "Kamarob gorge": "above",
        "Nurobod district": "left",
        "Tavildara": "below",
        "Dushanbe": "left",
        "Khujand": "left",
        "Panj river islands": "left",
        "Faizobod": "below",
        "Isfara district": "right",
        "Takhar": "left",
    },
    "tajik-afghan-border": {
        "Dushanbe": "above",
        "Shahritus": "below",
        "Panji Poyon": "right",
        "Istiklol post": "left",
        "Shohon": "right",
        "Ruzvay": "left",
        "Nulvand": "above",
        "Khumrogi": "right",
        "Tem": "right",
        "Ishkashim": "left",
        "Langar": "above",
        "Kyzyl-Rabot": "left",
    },
}

#: Place in places.csv -> its name on a map, where that is shorter.
SHORT_NAMES = {
    "Kamarob gorge": "Kamarob",
    "Nurobod district": "Nurobod",
    "Panj river islands": "Panj",
    "Isfara district": "Isfara",
    "Istiklol post": "Istiklol",
}
