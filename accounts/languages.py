"""The languages that mails, papers and questions speak, by their own names."""

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "sv": "Svenska",
    "ar": "العربية",
}
