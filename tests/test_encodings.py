"""A text that is no UTF-8 is read in the encoding in which its countries make sense."""

import pytest

from alliance_check.pipeline import Options, check_file

HEADER = "Partner name;Country;Organisation type;Role"
TEXTS = {
    "cp1252": ["Høyskolen på Vestlandet;Østerrike;Høyskole;Koordinator", "Ås AS;Sveits;SME;"],
    "cp1250": ["Politechnika Łódzka;Węgry;Uczelnia;Koordynator", "Żółć sp. z o.o.;Łotwa;MŚP;"],
    "cp1253": ["Πανεπιστήμιο Αθηνών;Ελλάδα;Πανεπιστήμιο;Συντονιστής", "Εταιρεία;Κύπρος;ΜΜΕ;"],
    "cp1254": ["Boğaziçi Üniversitesi;Türkiye;Üniversite;", "Şirket;İspanya;KOBİ;"],
    "mac_roman": ["Høyskolen på Vestlandet;Østerrike;Høyskole;Koordinator", "Ås AS;Færøyene;SME;"],
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_encoding_is_chosen_by_what_is_known_in_it(encoding: str) -> None:
    lines = [HEADER, *TEXTS[encoding]]
    content = "\r\n".join(lines).encode(encoding)
    report = check_file(content, "p.csv", Options(lot="innovation"))[0]
    assert [p.country for p in report.consortium.partners].count(None) == 0
    assert report.consortium.partners[0].name == lines[1].partition(";")[0]
    assert f"read as {encoding}" in " ".join(map(str, report.input.notes))


def test_a_named_encoding_overrules_the_guess() -> None:
    content = f"{HEADER}\nA;Østerrike;SME;\n".encode("cp1252")
    options = Options(lot="innovation", encoding="cp1253")
    report = check_file(content, "p.csv", options)[0]
    assert report.consortium.partners[0].country is None


def test_where_nothing_decides_it_is_the_most_usual() -> None:
    content = f"{HEADER}\nCafé Müller;Germany;SME;\n".encode("cp1252")
    report = check_file(content, "p.csv", Options(lot="innovation"))[0]
    assert report.consortium.partners[0].name == "Café Müller"
