"""Languages told by script and function words, and texts in several of them."""

from __future__ import annotations

import pytest

from reviewer import loading, tongues
from reviewer.submission import Submission
from reviewer.text import Text

SAMPLES = {
    "ar": "سيستخدم مكتب البلدية المساعد للرد على أسئلة السكان حول مواعيد جمع النفايات.",
    "de": "Der Assistent beantwortet die Fragen der Fahrgäste zu den Abfahrtszeiten und wird von uns gepflegt.",
    "en": "The assistant answers the questions of passengers about departures, and our staff checks them.",
    "es": "El asistente responde a las preguntas de los pasajeros sobre los horarios y nuestro equipo las revisa.",
    "fr": "L'assistant répond aux questions des voyageurs sur les horaires et notre équipe les vérifie chaque jour.",
    "it": "L'assistente risponde alle domande dei passeggeri sugli orari e il nostro personale le controlla.",
    "ja": "このアシスタントは時刻表についての乗客の質問に答え、職員がすべての回答を確認します。",
    "nl": "De assistent beantwoordt de vragen van reizigers over de vertrektijden en wordt door ons beheerd.",
    "pl": "Asystent odpowiada na pytania pasażerów dotyczące rozkładu jazdy, a nasi pracownicy sprawdzają odpowiedzi.",
    "pt": "O assistente responde às perguntas dos passageiros sobre os horários e a nossa equipe revisa cada resposta.",
    "zh": "该助手回答乘客关于时刻表的问题，所有答复都由工作人员检查后再发送。",
    "ko": "이 도우미는 시간표에 대한 승객의 질문에 답하고 직원이 모든 답변을 확인합니다.",
    "ru": "Помощник отвечает на вопросы пассажиров о расписании, и сотрудники проверяют все ответы.",
    "fa": "این دستیار به پرسش‌های مسافران درباره برنامه حرکت پاسخ می‌دهد و کارکنان پاسخ‌ها را بررسی می‌کنند.",
    "sv": "Assistenten svarar på resenärernas frågor om tidtabellen och vi kontrollerar att svaren är riktiga.",
}


def tongue(text: str) -> str | None:
    """Tell the language of a text as a review does."""
    return Text.of(Submission(text=text)).tongue


@pytest.mark.parametrize("language", SAMPLES)
def test_a_sentence_is_told_by_its_language(language: str) -> None:
    """One plain sentence is enough, in the languages that the rules cover and in some that they do not."""
    assert tongue(SAMPLES[language]) == language


def test_every_language_of_the_rules_is_told() -> None:
    """A language that nobody could tell would never be read."""
    assert set(loading.languages()) <= SAMPLES.keys()


@pytest.mark.parametrize("title", ["Invoice reader", "Timetable assistant Los Angeles", "MIT chatbot N/A", ""])
def test_a_bare_title_counts_as_english(title: str) -> None:
    """Without function words nothing tells a language, and English is the commonest."""
    assert tongue(title) == "en"


def test_a_short_text_full_of_names_is_told_by_its_small_words() -> None:
    """Few words, hardly an accent, and names of services: the articles tell."""
    assert tongue("O rastreador percorre perfis do Facebook e do TikTok e guarda o retrato e o nome.") == "pt"


def test_words_of_no_known_language_are_none() -> None:
    """What is in no language that is known is said to be so."""
    text = "Žiūrėkite, kaip keleiviai užduoda klausimų apie tvarkaraščius ir gauna atsakymų kasdien vėlai."
    assert tongue(text) is None


def test_lines_in_another_language_are_found() -> None:
    """A German form with an English abstract is read by both sets of rules."""
    text = f"{SAMPLES['de']} {SAMPLES['de']}\n{SAMPLES['en']}\n{SAMPLES['fr']}"
    assert Text.of(Submission(text=text)).tongue == "de"
    assert set(Text.of(Submission(text=text)).further_tongues) == {"en", "fr"}


def test_an_english_text_with_single_foreign_words_stays_english() -> None:
    """Names and loan words make no second language."""
    text = Text.of(
        Submission(text="The Bundesamt für Verkehr and the Caisse des Dépôts use the same assistant as we do.")
    )
    assert (text.tongue, text.further_tongues) == ("en", ())


def test_the_language_is_that_of_the_answers() -> None:
    """A form's labels may be English where the answers are German."""
    label = "Please describe the purpose of the system and who will use it: "
    submission = Submission(text=label + SAMPLES["de"], own_words=((0, len(label)),))
    assert Text.of(submission).tongue == "de"


@pytest.mark.parametrize(
    ("sentence", "expected"), [("Too short to tell.", None), (SAMPLES["es"], "es"), ("Zero one two " * 4, None)]
)
def test_a_sentence_tells_only_where_it_can(sentence: str, expected: str | None) -> None:
    """A short or bare sentence counts for every language."""
    assert tongues.of_sentence(sentence) == expected
