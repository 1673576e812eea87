"""The vocabulary of BibTeX and biblatex (its manual, chapter 2), with CSL's equivalents."""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "bookinbook": "chapter", "book": "book",
    "booklet": "pamphlet", "collection": "book", "conference": "paper-conference", "dataset": "dataset",
    "electronic": "webpage", "image": "graphic", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia", "jurisdiction": "legal_case",
    "legal": "legal_case", "legislation": "legislation", "letter": "personal_communication", "manual": "report",
    "mastersthesis": "thesis", "misc": "document", "movie": "motion_picture", "music": "song", "mvbook": "book",
    "mvcollection": "book", "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "phdthesis": "thesis", "proceedings": "book",
    "reference": "book", "report": "report", "review": "review", "software": "software", "speech": "speech",
    "standard": "standard", "suppbook": "chapter", "suppcollection": "chapter", "suppperiodical": "article-journal",
    "techreport": "report", "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture",
    "www": "webpage",
}  # fmt: skip
"""The CSL type of each entry type."""
SUBTYPES: Mapping[str, str] = {
    "magazine": "article-magazine", "newspaper": "article-newspaper", "newsarticle": "article-newspaper",
    "talk": "speech", "presentation": "speech", "lecture": "speech", "address": "speech",
}  # fmt: skip
"""The CSL type for an `entrysubtype`, or a `type`, that is not one of CSL's own."""
ENTRIES: Mapping[str, str] = {
    "article": "article", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "interview": "misc",
    "legal_case": "jurisdiction", "legislation": "legislation", "manuscript": "unpublished", "pamphlet": "booklet",
    "paper-conference": "inproceedings", "patent": "patent", "performance": "performance", "periodical": "periodical",
    "personal_communication": "letter", "post": "online", "post-weblog": "online", "report": "report",
    "software": "software", "song": "audio", "speech": "unpublished", "standard": "standard", "thesis": "thesis",
    "webpage": "online", "motion_picture": "video", "broadcast": "video",
}  # fmt: skip
"""The entry type for each CSL type; `misc` for others, distinguished by `entrysubtype`."""
NAMES: Mapping[str, str] = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "shortauthor": "", "shorteditor": "", "holder": "author", "origauthor": "original-author",
}  # fmt: skip
"""The CSL variable for a list of names; those of CSL itself are fields of that name."""
DATES: Mapping[str, str] = {
    "date": "issued", "eventdate": "event-date", "origdate": "original-date", "urldate": "accessed",
}  # fmt: skip
"""The CSL variable for a date."""
VERBATIM: Mapping[str, str] = {"url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID"}
"""The CSL variable for a field that is not LaTeX."""
TEXTS: Mapping[str, str] = {
    "shorttitle": "title-short", "eventtitle": "event-title", "venue": "event-place", "journaltitle": "container-title",
    "journal": "container-title", "booktitle": "container-title", "maintitle": "volume-title",
    "shortjournal": "container-title-short", "origtitle": "original-title", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "organization": "publisher", "location": "publisher-place",
    "address": "publisher-place",
    "city": "publisher-place", "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "series": "collection-title", "volume": "volume", "volumes": "number-of-volumes", "edition": "edition",
    "pages": "page", "pagetotal": "number-of-pages", "chapter": "chapter-number", "part": "part-number",
    "version": "version", "type": "genre", "howpublished": "medium", "abstract": "abstract", "annotation": "annote",
    "annote": "annote", "keywords": "keyword", "note": "note", "addendum": "note", "library": "archive",
    "pubstate": "status",
}  # fmt: skip
"""The CSL variable for a text; of fields with the same variable, the more specific comes first."""
LANGUAGES: Mapping[str, str] = {
    "american": "en-US", "australian": "en-AU", "austrian": "de-AT", "british": "en-GB", "canadian": "en-CA",
    "francais": "fr", "germanb": "de", "mexican": "es-MX", "naustrian": "de-AT", "newzealand": "en-NZ", "ngerman": "de",
    "nswissgerman": "de-CH", "portuges": "pt", "swissgerman": "de-CH", "ukenglish": "en-GB", "usenglish": "en-US",
    "brazil": "pt-BR", "brazilian": "pt-BR", "portuguese": "pt",
}  # fmt: skip
"""biblatex's names of languages that are not their English names."""
_UNSHOWN = """
    afterword annotator archiveprefix bdsk-file-1 bdsk-url-1 booksubtitle citation commentator crossref date-added
    date-modified day editora editoratype editorb editorbtype editorc editorctype editortype eprint eprintclass
    eprinttype entrysubtype eventsubtitle eventtitleaddon file foreword gender hyphenation ids introduction issue
    issuetitle journalsubtitle label langid language month number options origlanguage owner presort primaryclass
    related relatedtype shorthand sortkey sortname sorttitle sortyear subtitle timestamp titleaddon usera userd xdata
    xref year
"""
UNSHOWN = frozenset(_UNSHOWN.split())
"""Fields that are read together with others, or that no book shows."""
