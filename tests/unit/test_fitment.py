"""W6a: does the part match the car? "No data" is not "match"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.fitment import Car, Fit, Match, match

LAVIDA = Car("Volkswagen", "Lavida 1.4T", 2019, "EA211 1.4T", "LSVAA4187E2123456")
UNKNOWN = Car("", "", None, "", "")
WORDS = st.sampled_from(["", "Volkswagen", "VOLKSWAGEN", "Toyota", "Lavida", "EA211", "LSV"])
YEARS = st.none() | st.integers(1990, 2030)
FITS = st.builds(Fit, make=WORDS, model=WORDS, year_from=YEARS, year_to=YEARS, engine=WORDS, vin_prefix=WORDS)
CARS = st.builds(Car, make=WORDS, model=WORDS, year=YEARS, engine=WORDS, vin=WORDS)


@pytest.mark.parametrize(
    ("fit", "answer"),
    [
        (Fit(), Match.FITS),
        (Fit(make="volkswagen"), Match.FITS),
        (Fit(make="Toyota"), Match.DOES_NOT_FIT),
        (Fit(make="Volks"), Match.DOES_NOT_FIT),
        (Fit(model="Lavida"), Match.FITS),
        (Fit(model="Lavida 1.4T Plus"), Match.NO_DATA),
        (Fit(model="Bora"), Match.DOES_NOT_FIT),
        (Fit(engine="ea211"), Match.FITS),
        (Fit(engine="EA888"), Match.DOES_NOT_FIT),
        (Fit(vin_prefix="LSVAA4"), Match.FITS),
        (Fit(vin_prefix="LFV"), Match.DOES_NOT_FIT),
        (Fit(year_from=2019, year_to=2019), Match.FITS),
        (Fit(year_from=2020), Match.DOES_NOT_FIT),
        (Fit(year_to=2018), Match.DOES_NOT_FIT),
        (Fit(year_from=2018), Match.FITS),
        (Fit(make="Volkswagen", year_from=2020), Match.DOES_NOT_FIT),
    ],
)
def test_one_line_of_the_catalogue_against_one_car(fit: Fit, answer: Match) -> None:
    assert match(LAVIDA, [fit]) is answer


@pytest.mark.parametrize(
    "fit", [Fit(make="Toyota"), Fit(model="x"), Fit(engine="x"), Fit(vin_prefix="L"), Fit(year_from=2000)]
)
def test_what_is_not_known_of_the_car_gives_no_data(fit: Fit) -> None:
    assert match(UNKNOWN, [fit]) is Match.NO_DATA


def test_a_part_of_which_nothing_is_recorded_gives_no_data() -> None:
    assert match(LAVIDA, []) is Match.NO_DATA


def test_a_known_mismatch_outweighs_what_is_not_known() -> None:
    car = Car("Volkswagen", "", None, "", "")
    assert match(car, [Fit(make="Toyota", model="Corolla", year_from=2000)]) is Match.DOES_NOT_FIT


@given(CARS, st.lists(FITS, max_size=4), FITS)
def test_a_further_line_never_takes_a_match_away(car: Car, fits: list[Fit], more: Fit) -> None:
    if match(car, fits) is Match.FITS:
        assert match(car, [*fits, more]) is Match.FITS


@given(CARS, st.lists(FITS, min_size=1, max_size=4))
def test_a_part_fits_if_and_only_if_one_of_its_lines_does(car: Car, fits: list[Fit]) -> None:
    answers = {match(car, [fit]) for fit in fits}
    expected = Match.FITS if Match.FITS in answers else Match.NO_DATA if Match.NO_DATA in answers else None
    assert match(car, fits) is (expected or Match.DOES_NOT_FIT)


@given(CARS, st.lists(FITS, max_size=4))
def test_the_order_of_the_lines_does_not_matter(car: Car, fits: list[Fit]) -> None:
    assert match(car, fits) is match(car, list(reversed(fits)))


@given(FITS)
def test_a_line_that_asks_for_anything_never_fits_a_car_of_which_nothing_is_known(fit: Fit) -> None:
    assert (match(UNKNOWN, [fit]) is Match.FITS) is (fit == Fit())
