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
# And a column under one of these says who or what the project is about.
_NAMING = _words("""
    affected audience audiences beneficiaries biometric biometrics capabilities capability children citizens data
    dataset datasets decisions domain domains feature features function functionalities functionality functions input
    inputs individuals method methodology methods minors patients people persons population populations sector sectors
    setting settings subjects actors stakeholders technique techniques technologies technology users
    besluiten beslissingen betrokkenen burgers domein doelgroep doelgroepen functies functionaliteit functionaliteiten
    gebruikers gebruikersgroep gebruikersgroepen gegevens gegevensbronnen kenmerken kinderen methode methoden methodes
    omgeving personen sectoren techniek technieken technologie technologieen toepassingsgebied
    akteure anwender anwenderinnen anwendungsbereich benutzer benutzergruppe benutzergruppen betroffene betroffenen
    burger daten datenarten datenkategorien datenquellen domane einsatzbereich einsatzgebiet einsatzort entscheidungen
    fahigkeit fahigkeiten funktion funktionalitat funktionen kinder merkmale nutzer nutzergruppe nutzergruppen
    nutzerinnen personengruppe personengruppen sektor technik technologien umgebung verfahren zielgruppe zielgruppen
    acteurs beneficiaires capacite capacites caracteristiques citoyens concernees concernes domaine domaines donnees
    enfants fonctionnalite fonctionnalites fonctions methodes personnes secteur secteurs technologique
    technologiques usagers utilisateurs
    actores afectadas afectados ambito audiencia beneficiarios capacidad capacidades caracteristicas ciudadanos
    decisiones destinatarios dominio datos entorno funcionalidad funcionalidades funciones interesados menores metodo
    metodologia metodos personas poblacion tecnica tecnicas tecnologia tecnologias usuarias usuarios
""")
# The board's own decision is no part of the project, so that the word alone says nothing.
_NAMING_PHRASES = (
    *("user group", "user groups", "target group", "target groups", "end user", "intended user", "user type"),
    *("location of use", "place of use", "location of deployment", "where used", "where it is used", "deployed in"),
    *("used by", "used for", "used in", "used on", "applied to"),
    *("decision it", "decision made by the system", "decision supported", "decision support", "decision making"),
    *("type of decision", "kind of decision", "automated decision", "plaats van gebruik", "lieu d utilisation"),
    *("lieu d usage", "groupe d utilisateurs", "ort der nutzung", "lugar de uso", "grupo de usuarios"),
)
# A column under one of these names a person, a place to write to, a day or an address.
_ASIDE = _words("""
    accepted approved declined denied granted rejected
    address agencies agency author bureau by company contact contacts controller coordinator created custodian date
    dates day department division email emails fax href link links mail manager mobile modified office officer
    organisation organization owner owners phone provider providers requester sponsor steward submitted submitter
    supplier suppliers team tel telephone time timestamp unit updated uri url urls vendor vendors website year
    adres afdeling contactpersoon datum eigenaar functionaris indiener leverancier naam organisatie telefoon
    abteilung ansprechpartner anschrift anbieter beauftragte beauftragter behorde eigentumer firma lieferant telefon
    verantwortliche verantwortlicher
    adresse annee auteur courriel demandeur fournisseur lien organisme responsable service telefono
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
# Words that a header has and a text has, too: they count in a short label alone.
_TYPICAL = _words("""
    area budget category class classification code colour color cost costs count country group kind language level list
    model name names phase priority product project quantity region source stage state status system tool type value
    version
    categorie code fase groep land model niveau prioriteit soort status systeem taal versie
    art farbe gruppe kategorie klasse land modell niveau phase prioritat sprache stand stufe version
    categorie classe code couleur etape etat groupe langue modele niveau nom pays phase priorite statut systeme
    categoria clase codigo color estado etapa fase grupo idioma modelo nivel nombre pais prioridad sistema tipo
""")
_SHORT_LABEL = 3
_LEAST_QUESTION = 4
_LONGEST_ID_HEADER = 4
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Heading(NamedTuple):
    """What a header says: that its column describes the project, stands aside of it, asks, or numbers the rows.

    `names`: it says who or what the project is about, in a word or two.
    """

    tells: bool
    names: bool
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
        or _has(phrase, _TELLING_PHRASES),
        names=not _NAMING.isdisjoint(words) or _has(phrase, _NAMING_PHRASES),
        # "Real time" says how a system works, and not when.
        stands_aside=not _ASIDE.isdisjoint(phrase.replace("real time", "").split()),
        asks="?" in header or (len(words) >= _LEAST_QUESTION and words[0] in _OPENERS - {"if"}),
        numbers=_numbers(folded(first)),
        instructs=bool(words) and (words[0] in _OPENERS or words[0] in _INSTRUCTIONS),
    )


def is_typical(label: str) -> bool:
    """Whether a header would be so worded, and a row that stands in its place would hardly be."""
    heading, words = read(label), folded(label)
    return any(heading) or (len(words) <= _SHORT_LABEL and not _TYPICAL.isdisjoint(words))


def _has(phrase: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {each} " in f" {phrase} " for each in phrases)


def _numbers(words: list[str]) -> bool:
    if not words or len(words) > _LONGEST_ID_HEADER:
        return False
    return (len(words) == 1 and words[0] in _ID_NAMES) or (len(words) > 1 and words[-1] in _ID_ENDINGS)


def folded(text: str) -> list[str]:
    """Give the words without capitals and accents; `useCase_ID` is three."""
    apart = unicodedata.normalize("NFKD", _HUMP.sub(" ", text))
    return _WORD.findall("".join(c for c in apart if not unicodedata.combining(c)).casefold())
