"""*Code it yourself* in a real Chromium: the rules of the book's own code, by hand, by address, on paper."""

import csv
import random
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pandas as pd
import pytest
from support.browsing import follow
from support.builds import FULL_SWEEP

from casebook.cases import CODED, VARIABLES, code_table, conditions_met, recode, rule_fits, soldiers_sent
from casebook.contents import DATA
from casebook.recoding import COLUMNS

CHAPTER = "chapters/comparison.html"
CASES, CODES = pd.read_csv(DATA / "cases.csv"), pd.read_csv(DATA / "case-codes.csv", dtype=str)
TABLE = code_table(CASES, CODES, kinds=CODED)
COUNTED = CASES.set_index("id").loc[TABLE.index, "kind"] == "case"
CELLS = len(TABLE) * len(COLUMNS)
#: What the status says of the codes of the book.
BOOK = f"fit all {COUNTED.sum()} cases, 1 of them with soldiers. You differ from the book in 0 of {CELLS} cells"
#: Go from address to address: the words of the status and the cells of the best rules at each.
FOLLOW = """async (addresses) => {
  const seen = [];
  for (const address of addresses) {
    const followed = new Promise((done, failed) => {
      addEventListener("hashchange", done, { once: true });
      setTimeout(() => failed(new Error(`not followed: ${address}`)), 10_000);
    });
    location.hash = address;
    await followed;
    const rows = [...document.querySelectorAll(".recode-rules tr")];
    const cells = rows.map((row) => [...row.cells].map((cell) => cell.textContent));
    seen.push([document.querySelector(".recode-status").textContent, cells]);
  }
  return seen;
}"""
#: The name of the field that has the focus.
FOCUSED = """() => {
  const { ariaLabel, labels, textContent } = document.activeElement;
  return (ariaLabel || labels?.[0]?.textContent || textContent).trim();
}"""


def chosen_at_random(seed):
    """Some changes and the cases counted: an address, and what casebook.cases makes of it."""
    draw = random.Random(seed)
    cells = draw.sample([(case, each) for case in TABLE.index for each in COLUMNS], draw.randint(1, 12))
    changes = {cell: draw.choice(VARIABLES[cell[1]]) for cell in cells}
    counted = COUNTED.copy()
    for case in draw.sample(list(TABLE.index), draw.choice([0, 0, 1, 2])):
        counted[case] = not counted[case]
    pairs = {f"{case}.{variable}": value for (case, variable), value in changes.items()}
    pairs |= {f"count.{case}": "yes" if counted[case] else "no" for case in counted.index[counted != COUNTED]}
    return f"#recode?{urlencode(pairs)}", changes, recode(TABLE, changes)[counted]


def rules_of(table):
    """How many rules fit, in how many cases soldiers were sent, and the best rules, as the page says it."""
    acted = soldiers_sent(table)
    with np.errstate(invalid="ignore"):  # no coverage where nobody acted
        fits = rule_fits(conditions_met(table), acted, 3, names=table["short_name"])
    status = f"{(fits['wrong'] == 0).sum()} of {len(fits)} rules fit all {len(table)} cases, {acted.sum()} of them"
    shown = []
    for rule, broken, wrong in fits[["rule", "broken by", "wrong"]].head(8).itertuples(index=False):
        named = f"{wrong}: {broken}" if wrong <= 8 else f"{wrong}"
        shown.append([rule, named if wrong else "✓ by no case"])
    return status, shown


def wait_for_status(tab, words):
    """Wait until the status line, which is announced a moment later, has some words; return all of it."""
    line = tab.locator(".recode-status")
    line.filter(has_text=words).wait_for(timeout=5000)
    return line.inner_text()


def open_codes(tab):
    """Open the fold with the codes by key."""
    tab.locator(".recode summary").focus()
    tab.keyboard.press("Enter")


def walk_to(tab, name, key="Tab"):
    """Press a key until the field of some name has the focus."""
    for _ in range(30):
        tab.keyboard.press(key)
        if tab.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"the key {key} does not lead to {name!r}")


def field(tab, name, variable):
    return tab.get_by_label(f"{name}: {variable}", exact=True)


def saved(tab):
    """Rows of the table that the button saves."""
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as CSV").press("Enter")
    assert download.value.suggested_filename == "my-codes.csv"
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the rules


@pytest.mark.parametrize(("scheme", "draws"), [("http", 1000 if FULL_SWEEP else 50), ("file", 10)])
def test_recodings_at_random_give_the_rules_of_the_book_s_own_code(open_page, scheme, draws):
    tab = open_page(CHAPTER, scheme=scheme)
    drawn = [chosen_at_random(seed) for seed in range(draws)]
    for (address, changes, table), (said, shown) in zip(drawn, tab.evaluate(FOLLOW, [each[0] for each in drawn])):
        status, best = rules_of(table)
        changed = sum(TABLE.loc[cell] != value for cell, value in changes.items())
        assert shown == best, address
        assert said.startswith(status), address
        assert f"You differ from the book in {changed} of {CELLS} cells" in said, address


# --- by hand


def test_by_keys_alone_a_code_is_changed_with_a_reason_and_address_and_print_keep_both(open_page):
    tab = open_page(CHAPTER)
    wait_for_status(tab, BOOK)
    open_codes(tab)
    walk_to(tab, "Batken 1999: Objection")
    tab.keyboard.press("ArrowDown")
    wait_for_status(tab, f"You differ from the book in 1 of {CELLS} cells")
    walk_to(tab, "Your reason: Batken 1999, Objection", "Shift+Tab")
    reason = "A deputy & “50 %”, said = no? #1 + 2."
    tab.keyboard.type(reason)
    walk_to(tab, "Batken 2000")
    tab.keyboard.press("Space")
    said = wait_for_status(tab, f"fit all {COUNTED.sum() - 1} cases")
    kept = [("batken-1999.objection", "a member"), ("why.batken-1999.objection", reason)]
    kept.append(("count.batken-2000", "no"))
    tab.wait_for_url(lambda address: parse_qsl(address.partition("#recode?")[2]) == kept)
    tab.reload()
    assert wait_for_status(tab, "You differ from the book in 1") == said
    assert field(tab, "Batken 1999", "Objection").input_value() == "a member"
    assert tab.get_by_label("Your reason: Batken 1999, Objection").input_value() == reason

    tab.emulate_media(media="print")
    form = tab.locator("form.recode")
    assert form.locator("button:visible").count() == 0
    assert "You differ from the book in 1" in form.locator(".recode-status:visible").inner_text()
    assert form.locator(".recode-rules tr:visible").count() == 8
    assert form.locator(".recode-changes input:visible").input_value() == reason
    assert form.locator("tbody:not(.recode-rules) tr:visible").count() == len(TABLE)
    assert field(tab, "Batken 1999", "Objection").is_visible()


def test_the_codes_of_a_pass_and_of_the_book_come_back_by_button(open_page):
    tab = open_page(CHAPTER)
    codes = CODES[CODES["variable"].isin(COLUMNS)]
    for name in ("first", "second"):
        tab.get_by_role("button", name=f"{name.capitalize()} pass", exact=True).click()
        far = [(codes[name] != codes[each]).sum() for each in ("value", "first", "second")]
        book, first, second = far
        assert f"the book in {book} of {CELLS} cells, from the first pass in {first}, from the second in {second}." in (
            wait_for_status(tab, f"from the {name} pass in 0" if name == "first" else "from the second in 0")
        )
    tab.get_by_role("button", name="Codes of the book").click()
    wait_for_status(tab, BOOK)
    assert tab.locator(".recode-changes li").count() == 0
    tab.wait_for_url("**#recode?")


def test_the_table_is_saved_with_the_changes_and_the_reasons(open_page):
    pairs = {
        "rasht-2010.request": "to the CSTO",
        "why.rasht-2010.request": 'He said "help", so',
        "count.batken-1999": "no",
    }
    tab = open_page(f"{CHAPTER}#recode?{urlencode(pairs)}", scheme="file")
    rows = saved(tab)
    assert [(row["case"], row["variable"]) for row in rows] == [
        (case, each) for case in TABLE.index for each in COLUMNS
    ]
    assert all(row["book"] == TABLE.loc[row["case"], row["variable"]] for row in rows)
    changed = [list(row.values()) for row in rows if row["mine"] != row["book"] or row["reason"]]
    assert changed == [["rasht-2010", "request", "none found", "to the CSTO", 'He said "help", so', "yes"]]
    counted = {row["case"] for row in rows if row["counted"] == "yes"}
    assert counted == set(COUNTED.index[COUNTED]) - {"batken-1999"}

    pairs = {"rasht-2010.request": "unclear", "why.rasht-2010.request": "x", "why.khorog-2012.request": "y"}
    follow(tab, f"#recode?{urlencode(pairs)}")
    open_codes(tab)
    field(tab, "Rasht 2010", "Request").select_option("none found")
    wait_for_status(tab, BOOK)
    assert {row["reason"] for row in saved(tab)} == {""}, "a reason for a code that is not changed"


# --- addresses


#: A change, and how a mail program may leave its address.
CHANGE = "#recode?kazakhstan-2022.objection=a+member"
MAILED = [
    "#recode?kazakhstan-2022.objection=a%20member",
    "#recode%3Fkazakhstan-2022.objection%3Da%20member",
    f"{CHANGE}.",
]
DAMAGED = [
    "#recode?%E0%A4%A&%=%",
    "#recode",
    "#recode?",
    "#recode?kazakhstan-2022.objection=maybe",
    "#recode?kazakhstan-2022.objection",
    "#recode?kazakstan.request=unclear",
    "#recode?kazakhstan-2022.answer=soldiers",
    "#recode?why.kazakhstan-2022.request=a+reason",
    "#recode?count.kazakhstan-2022=perhaps",
    "#recode?count.kazakhstan-2022",
    "#recode?count.atlantis=yes",
    "#recode?__proto__.request=unclear&constructor=x",
]


def test_an_address_leads_to_its_codes_as_a_mail_program_leaves_it_and_a_damaged_one_to_those_of_the_book(open_page):
    tab = open_page(f"{CHAPTER}{DAMAGED[0]}")
    assert BOOK in tab.locator(".recode-status").inner_text(), "when the page is opened"
    addresses = [each for mailed in MAILED for each in (mailed, "#recode")]
    addresses += [each for damaged in DAMAGED for each in (CHANGE, damaged)]
    for address, (said, _) in zip(addresses, tab.evaluate(FOLLOW, addresses), strict=True):
        assert f"in {int(address in (CHANGE, *MAILED))} of {CELLS} cells" in said, address
    assert BOOK in said and tab.locator(".recode-changes li").count() == 0

    tab.evaluate("scrollTo(0, 0)")
    follow(tab, CHANGE)
    assert 0 <= tab.locator("#recode").bounding_box()["y"] < 200, "the page is scrolled to it"
    follow(tab, "#key-points")
    assert field(tab, "Kazakhstan 2022", "Objection").input_value() == "a member", "another address of the page"


# --- what is read without a change


def test_a_field_says_which_pass_has_which_value_where_one_is_not_the_book_s(open_page):
    fields = (
        open_page(CHAPTER)
        .locator(".recode select")
        .evaluate_all(
            "all => Object.fromEntries(all.map((each) => [each.ariaLabel, [...each.options].map(({ text }) => text)]))"
        )
    )
    assert len(fields) == CELLS
    for code in CODES[CODES["variable"].isin(COLUMNS)].itertuples():
        options = fields[f"{TABLE.loc[code.case, 'short_name']}: {code.variable.replace('_', ' ').capitalize()}"]
        if code.value == code.first == code.second:
            said = []
        elif code.first == code.second:
            said = [f"{code.first} (1st, 2nd pass)"]
        else:
            said = [f"{code.first} (1st pass)", f"{code.second} (2nd pass)"]
        assert sorted(each for each in options if "pass" in each) == sorted(said), f"{code.case}, {code.variable}"


def test_without_scripts_it_is_a_table_of_the_codes_with_both_passes(open_page):
    tab = open_page(CHAPTER, scripts=False)
    rows = tab.locator("form.recode tbody tr:visible")
    for media in ("print", "screen"):  # printed though its fold is closed
        tab.emulate_media(media=media)
        if media == "screen":
            tab.locator("form.recode summary").click()
        assert rows.count() == len(TABLE) == 27 and rows.locator("td:visible").count() == CELLS
        khorog = rows.filter(has_text="Khorog 2012").inner_text()
        assert "the secretariat (passes: the secretariat; none found)" in khorog
        assert tab.locator("form.recode :is(button, select, input, .recode-results):visible").count() == 0
