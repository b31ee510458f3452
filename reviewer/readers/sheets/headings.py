"""What the words of a header tell of its column, in the languages that forms come in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A column under one of these describes the project. Folded: no capitals, no accents.
_TELLING = _words("""
    abstract aim aims appeal approach assessment background benefit benefits comment comments consent consultation
    demographic describe description descriptions detail details explain explanation failsafe goal goals idea impact
    impacts justification justify mitigation mitigations monitoring need needs note notes objective objectives
    outcomes output outputs oversight problem problems proposal proposed purpose purposes rationale reason
    reasons remark remarks risk risks safeguard safeguards scope solution subject summary testing title topic
    training usecase
    aanleiding achtergrond baten beschrijf beschrijving doel doeleinde doeleinden doelen idee onderbouwing onderwerp
    omschrijf omschrijving oplossing opmerkingen probleem reden risico risicos samenvatting titel toelichting
    toepassing uitkomsten uitleg voordeel voordelen voorstel waarborgen
    anwendung anwendungsfall anmerkungen auswirkungen begrundung bemerkungen beschreibe beschreiben beschreibung
    einsatzzweck erlauterung hintergrund losung nutzen risiken risiko thema vorhaben vorteile ziel ziele zusammenfassung
    zweck zwecke
    avantages benefices commentaires contexte decrire decrivez descriptif details effets enjeux explication finalite
    finalites motif motivation objectif objectifs objet probleme problematique proposition raison remarques resume
    resultats risques solution sujet titre
    antecedentes asunto beneficio beneficios comentarios describa descripcion detalle detalles efectos explicacion
    finalidad finalidades justificacion motivo objetivo objetivos observaciones problema propuesta proposito resultados
    resumen riesgos salvaguardas solucion tema titulo ventajas
""")
_TELLING_ENDINGS = ("beschreibung", "beschrijving", "omschrijving", "begrundung", "zweck", "toelichting")
_TELLING_PHRASES = ("use case", "cas d usage", "caso de uso", "casos de uso", "project name", "name of the project")
# A column under one of these names a person, a place to write to, a day or an address.
_ASIDE = _words("""
    address agency author bureau by company contact contacts created date dates day department division email emails
    fax href link links mail mobile modified office organisation organization owner phone requester sponsor submitted
    submitter supplier team tel telephone time timestamp unit updated uri url urls vendor website year
    adres afdeling contactpersoon datum eigenaar indiener leverancier naam organisatie telefoon
    abteilung ansprechpartner anschrift anbieter behorde eigentumer firma lieferant telefon
    adresse annee auteur courriel demandeur fournisseur lien organisme service telefono
    autor correo departamento direccion enlace fecha organismo proveedor solicitante unidad
""")
_OPENERS = _words("""
    are can could did do does has have how if is may should was were what when where which who whom whose why will would
    hebben heeft hoe is kan kunnen moet wat waar waarom wanneer welk welke wie wordt worden zal zijn zullen
    hat haben inwiefern ist kann konnen muss sind soll sollen wann warum was welche welchen welcher welches wer werden
    weshalb wie wieso wird wo wozu
    avez combien comment est pourquoi quand que quel quelle quelles quels qu qui sont
    como cual cuales cuando es esta existe por que quien quienes son tiene
""")
_INSTRUCTIONS = _words("""
    attach beschreiben beschrijf bitte decrivez describe describa describir erlautern explain explique expliquez
    geef give indicate indiquez indique leg licht list name nennen noem please precisez provide select specify state
    tell toelichten vul
""")
_ID_NAMES = _words("""
    case id identifier identifiant identificador kenmerk key kennung no nr num number nummer numero ref reference
    referenz referentie referencia ticket uid uuid vorgang zaaknummer aktenzeichen dossiernummer dossier
""")
_ID_ENDINGS = _words("id identifier key no nr num number nummer numero ref reference uuid")
_LEAST_QUESTION = 4
_LONGEST_ID_HEADER = 4
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Heading(NamedTuple):
    """What a header says: that its column describes the project, stands aside of it, asks, or numbers the rows."""

    tells: bool
    stands_aside: bool
    asks: bool
    numbers: bool
    instructs: bool


@cache
def read(header: str) -> Heading:
    """Read a header, of which long ones carry remarks below the first line."""
    first = header.strip().partition("\n")[0]
    words = folded(header)
    phrase = " ".join(words)
    return Heading(
        tells=any(word in _TELLING or word.endswith(_TELLING_ENDINGS) for word in words)
        or any(f" {each} " in f" {phrase} " for each in _TELLING_PHRASES),
        stands_aside=not _ASIDE.isdisjoint(words),
        asks="?" in header or (len(words) >= _LEAST_QUESTION and words[0] in _OPENERS - {"if"}),
        numbers=_numbers(folded(first)),
        instructs=bool(words) and (words[0] in _OPENERS or words[0] in _INSTRUCTIONS),
    )


def _numbers(words: list[str]) -> bool:
    if not words or len(words) > _LONGEST_ID_HEADER:
        return False
    return (len(words) == 1 and words[0] in _ID_NAMES) or (len(words) > 1 and words[-1] in _ID_ENDINGS)


def folded(text: str) -> list[str]:
    """Give the words without capitals and accents; `useCase_ID` is three."""
    apart = unicodedata.normalize("NFKD", _HUMP.sub(" ", text))
    return _WORD.findall("".join(c for c in apart if not unicodedata.combining(c)).casefold())
