"""What a chain of looks proves by itself, across what has run out, and across one that broke off."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.steps import Secret
from domain.looks.chain import Entry, Link, Tip, fault_against, fault_of, read_entry
from tests.cases import MONDAY, numbers
from tests.looks import KEPT, a_chain, a_look

FIVE = a_chain([a_look(number) for number in range(5)])
AFTER_ALL = MONDAY + KEPT


def first_fault(entries: Sequence[Entry], *, now: datetime = MONDAY) -> str | None:
    before = None
    for entry in entries:
        if fault := fault_of(entry, after=before, now=now):
            return fault
        before = entry
    return None


def rewritten(entries: Sequence[Entry], number: int) -> list[Entry]:
    """Somebody who can compute hashes makes another's look of one, and writes all that follow anew."""
    looks = [replace(entry.look, by="person-nobody") if entry.number == number else entry.look for entry in entries]
    return a_chain(looks)


def test_a_whole_chain_has_no_fault() -> None:
    assert [entry.number for entry in FIVE] == [1, 2, 3, 4, 5]
    assert first_fault(FIVE) is None


def test_an_entry_that_was_read_is_the_one_that_was_written() -> None:
    assert [read_entry(entry.canonical, entry.hash, entry.secret) for entry in FIVE] == FIVE


def test_what_is_personal_of_whoever_looked_is_not_in_what_lies_open() -> None:
    assert b"person-officer" in FIVE[0].canonical
    assert not any(word.encode() in FIVE[0].canonical for word in ("韦明", "121.31", "WeChat", "0f0f", "甲市"))


def altered(entry: Entry) -> Entry:
    canonical = entry.canonical.replace(b"read-case", b"list-cases")
    assert canonical != entry.canonical
    return read_entry(canonical, entry.hash, entry.secret)


def under_another_name(entry: Entry) -> Entry:
    return replace(entry, secret=Secret(entry.secret.salt, entry.secret.data.replace("韦明".encode(), "无名".encode())))


@pytest.mark.row("B07")
@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda: [*FIVE[:2], altered(FIVE[2]), *FIVE[3:]], "entry 3 was altered"),
        (lambda: [*FIVE[:2], *FIVE[3:]], "entry 3 is missing: number 4 stands in its place"),
        (lambda: FIVE[1:], "entry 1 is missing: number 2 stands in its place"),
        (lambda: [FIVE[0], FIVE[2], FIVE[1], *FIVE[3:]], "entry 2 is missing: number 3 stands in its place"),
        (lambda: [*FIVE[:3], FIVE[2], *FIVE[3:]], "entry 3 stands again, behind entry 3"),
        (
            lambda: [*FIVE[:2], rewritten(FIVE, 3)[2], *FIVE[3:]],
            "entry 4 does not go on from the one before it: one of the two was altered",
        ),
        (lambda: [under_another_name(FIVE[0])], "the private data of entry 1 is not what the entry committed to"),
    ],
    ids=["altered", "removed", "first removed", "reordered", "doubled", "replaced", "renamed"],
)
def test_the_first_bad_entry_is_named(tamper: Callable[[], Sequence[Entry]], said: str) -> None:
    assert first_fault(tamper()) == said


@pytest.mark.row("B07")
def test_what_a_chain_cannot_prove_by_itself_a_link_to_it_does() -> None:
    anew = rewritten(FIVE, 2)
    link = FIVE[3].link

    assert first_fault(anew) is None
    assert first_fault(FIVE[:3]) is None
    assert fault_against(link, FIVE[3], now=MONDAY) is None
    assert fault_against(link, anew[3], now=MONDAY) == "was rewritten, up to entry 4 or before it"
    assert fault_against(link, None, now=MONDAY) == "was cut short: entry 4 is not there"


@given(st.permutations(range(5)), st.integers(2, 5))
def test_whatever_is_moved_or_taken_out_of_a_chain_shows_unless_its_end_was_cut_off(order: list[int], length: int) -> None:
    left = [FIVE[place] for place in order[:length]]

    assert (first_fault(left) is None) == (left == FIVE[:length])


@given(st.integers(0, 4), st.data())
def test_whatever_byte_of_an_entry_is_changed_shows(place: int, data: st.DataObject) -> None:
    entry = FIVE[place]
    at = data.draw(st.integers(0, len(entry.canonical) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != entry.canonical[at]))
    changed = replace(entry, canonical=entry.canonical[:at] + bytes([other]) + entry.canonical[at + 1 :])

    assert first_fault([*FIVE[:place], changed, *FIVE[place + 1 :]]) == f"entry {place + 1} was altered"


def test_what_has_run_out_is_not_missed() -> None:
    later = a_chain([a_look(number) for number in range(5)], until=AFTER_ALL)
    kept = later[-1].link
    longer = list(Tip("looks-1", kept).entries([a_look(9)], until=AFTER_ALL + KEPT, random=numbers()))

    assert first_fault([*later[2:], *longer], now=AFTER_ALL) is None
    assert first_fault(longer, now=AFTER_ALL) is None
    assert first_fault(longer, now=AFTER_ALL - timedelta(seconds=1)) == "entry 1 is missing: number 6 stands in its place"
    assert fault_against(kept, None, now=AFTER_ALL) is None


def test_no_entry_is_kept_for_less_than_the_one_before() -> None:
    """Else a law that asks for less would tear holes into the chain."""
    longer = a_chain([a_look()], until=AFTER_ALL)
    (next_one,) = Tip("looks-1", longer[0].link).entries([a_look(1)], until=MONDAY, random=numbers())

    assert next_one.until == AFTER_ALL


def test_a_chain_goes_on_from_the_one_that_broke_off() -> None:
    tip = Tip("looks-1").written(FIVE).anew("looks-2")

    (first,) = tip.entries([a_look(9)], until=AFTER_ALL, random=numbers())

    assert (first.chain, first.number, first.before) == ("looks-2", 1, FIVE[4].link)
    assert first_fault([first]) is None


def test_entries_of_one_moment_have_an_order() -> None:
    same = a_chain([a_look(), a_look()])

    assert same[0].order[:15] == same[1].order[:15]
    assert same[0].order != same[1].order
    assert FIVE[0].order < FIVE[1].order < FIVE[2].order


def test_links_stand_in_order_by_chain() -> None:
    links = [Link("b", 1, "0", MONDAY), Link("a", 9, "1", MONDAY)]

    assert [link.chain for link in sorted(links)] == ["a", "b"]
