"""The invented consortium that the made layouts share, and small texts in odd encodings."""

from __future__ import annotations

Row = list[object]

HEADER: Row = ["Partner name", "Country", "Organisation type", "Role"]
TIGHT: list[Row] = [
    ["Fjordbyen universitet", "Norway", "University", "Coordinator"],
    ["Technische Hochschule Lindental", "Germany", "University", "Full partner"],
    ["CIFP Costa Verde", "Spain", "Vocational school", "Full partner"],
    ["Fagskolen Nordlys", "Norway", "Fagskole", "Full partner"],
    ["Solaris Componenti S.r.l.", "Italy", "SME", "Full partner"],
    ["Handwerkskammer Mittelwald", "Germany", "Chamber of skilled crafts", "Full partner"],
    ["Sindicato Energía Limpia", "Spain", "Trade union", "Full partner"],
    ["Narvik verft AS", "Norway", "Large enterprise", "Full partner"],
]
"""Eight partners from four countries: each loss of one of them, or one country less, shows."""
ASSOCIATED: Row = ["Regione Colle Alto", "Italy", "Regional public body", "Associated partner"]
SHARES = [180_000, 140_000, 120_000, 110_000, 105_000, 95_000, 90_000, 110_000]
CONTACTS = ["Nils Berg", "Jana Vogt", "Ana Ruiz", "Ida Lie", "Luca Riva", "Uwe Lang", "Eva Gil"]

TEXTS = {
    "norwegian-excel.csv": (
        "cp1252",
        """Nr;Organisasjon;Land;Organisasjonstype;Rolle;Bekreftet;Tilskudd (EUR)
1;Fjordbyen universitet;Norge;Universitet;Koordinator;ja;180 000,00
2;Høyskolen Østfjell;Norge;Høyskole;Partner;ja;140 000,00
3;Fagskolen Nordlys;Norge;Fagskole;Partner;ja;120 000,00
4;Yrkesskolan Blåvik;Sverige;Yrkesskole;Partner;ja;110 000,00
5;Narvik verft AS;Norge;Bedrift;Partner;ja;105 000,00
6;Erhvervsforeningen Sønderå;Danmark;Bransjeorganisasjon;Partner;ja;95 000,00
7;Energiforbundet;Finland;Fagforening;Partner;nei;90 000,00
8;Firma Øresund;Østerrike;Bedrift;Partner;ja;110 000,00
9;Fjellnes fylkeskommune;Norge;Fylkeskommune;Assosiert partner;ja;
Sum totalt;;;;;;950 000,00
""",
    ),
    "polish-cp1250.csv": (
        "cp1250",
        """Nazwa instytucji;Kraj;Typ instytucji;Rola
Politechnika Łąkowa;Polska;Uczelnia;Lider
Uczelnia Źródło;Węgry;Uczelnia;Partner
Technikum Leśne;Polska;Szkoła zawodowa;Partner
Szkoła Żeglarska;Łotwa;Szkoła zawodowa;Partner
Zielona Energia sp. z o.o.;Polska;MŚP;Partner
Izba Rzemieślnicza;Polska;Izba rzemieślnicza;Partner
Związek Zawodowy Kolejarzy;Słowenia;Związek zawodowy;Partner
Spółka Wiślana;Polska;Przedsiębiorstwo;Partner
""",
    ),
    "greek-cp1253.csv": (
        "cp1253",
        """Επωνυμία οργανισμού;Χώρα;Τύπος οργανισμού;Ρόλος
Πανεπιστήμιο Νέας Ακτής;Ελλάδα;Πανεπιστήμιο;Συντονιστής
Πανεπιστήμιο Λευκού Όρους;Κύπρος;Πανεπιστήμιο;Εταίρος
ΕΠΑΛ Νέας Ακτής;Ελλάδα;Επαγγελματική σχολή;Εταίρος
Σχολή Βόρειας Πύλης;Βουλγαρία;Επαγγελματική σχολή;Εταίρος
Ηλιακή ΑΕ;Ιταλία;ΜΜΕ;Εταίρος
Επιμελητήριο Νέας Ακτής;Ελλάδα;Εμπορικό επιμελητήριο;Εταίρος
Ενέργεια ΑΕ;Κύπρος;Επιχείρηση;Εταίρος
""",
    ),
    "turkish-cp1254.csv": (
        "cp1254",
        """Partner name;Country;Organisation type;Role
Yeşilova Üniversitesi;Türkiye;Üniversite;Coordinator
Technische Hochschule Lindental;Almanya;University;Full partner
Meslek Lisesi Akdağ;Türkiye;Vocational school;Full partner
CIFP Costa Verde;İspanya;Vocational school;Full partner
Güneş Enerji A.Ş.;Türkiye;KOBİ;Full partner
Işık Ticaret Odası;Türkiye;Chamber of commerce;Full partner
Sindicato Energía Limpia;İspanya;Trade union;Full partner
Çelik Şirketi;İsveç;Enterprise;Full partner
""",
    ),
    "mac-roman.csv": (
        "mac_roman",
        """Partner name;Country;Organisation type;Role
Universität Grünau;Österreich;University;Coordinator
Université d'Été;Belgique;University;Full partner
Fagskolen Ålnes;Færøyene;Fagskole;Full partner
Lycée Érables;Türkei;Vocational school;Full partner
Söderfors AB;Österreich;SME;Full partner
""",
    ),
}
"""Texts by file name, each with the encoding that it is written in."""
