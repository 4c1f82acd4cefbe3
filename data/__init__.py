"""Tables only: rulebooks, countries, headers and organisation types. No code lives here."""
