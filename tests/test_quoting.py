"""Words found in the text, with their address, their sentence and their context."""

from __future__ import annotations

import pytest

from reviewer.quoting import locate, quote_words, read
from reviewer.submission import Segment, Source, Submission
from reviewer.verdict import Context, Passage, Quote
from tests.reading import english, span_of


def located(words: str, text: str, *, fought: bool = False) -> Quote:
    """Locate words in a text."""
    submission = Submission(text=text)
    return locate(words, submission, read(submission, english()), fought=fought)


FOUND = [
    ("store faces", "We store faces.", "store faces"),
    ("STORE  faces", "We store faces.", "store faces"),
    ("store faces", "We Store\n  FACES.", "Store\n  FACES"),
    ("  store faces\n", "We store faces.", "store faces"),
    ('the vendor\'s "faces"', "It is the vendor’s „faces“.", "the vendor’s „faces“"),
    ("“faces” here", 'The "faces" here.', '"faces" here'),
    ("a–b", "Type a-b here.", "a-b"),
    ("naive cafe", "A naïve Café.", "naïve Café"),
    ("strasse", "In der Straße.", "Straße"),
    ("final faces", "The ﬁnal f\u200baces.", "ﬁnal f\u200baces"),
    ("faces", "Store fасеs.", "fасеs"),
    ("人脸识别", "使用人脸识别。", "人脸识别"),
    ("(a) store.*", "We (a) store.* faces", "(a) store.*"),
    ("\U0001f600 ok", "It is \U0001f600 ok.", "\U0001f600 ok"),
]


@pytest.mark.parametrize(("words", "text", "original"), FOUND, ids=[ascii(row[:2]) for row in FOUND])
def test_words_are_found_as_a_reader_would(words: str, text: str, original: str) -> None:
    """White space, case and typography make no difference, and the quote is what stands there."""
    quote = located(words, text)
    assert original == quote.text == text[quote.start : quote.end]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("will store faces", "We will not store faces."),
        ("store faces", "We store the faces."),
        ("store faces", "We store face."),
        ("store faces", "We store, faces."),
        ("s.ore", "We store faces."),
        ("", "We store faces."),
        (" \n", "We store faces."),
        ("\u200b", "We store faces."),
    ],
)
def test_what_does_not_stand_there_has_no_address(words: str, text: str) -> None:
    """Nothing is matched nearly: another word makes another sentence."""
    assert located(words, text) == Quote(text=words)


def test_a_quote_is_widened_to_its_sentence() -> None:
    """The sentence comes with its own address."""
    text = "One. We do store faces, ﬁrst. Two."
    sentence = "We do store faces, ﬁrst."
    start = text.index(sentence)
    assert located("faces", text).sentence == Passage(text=sentence, start=start, end=start + len(sentence))


def test_a_quote_over_two_sentences_is_scattered() -> None:
    """No sentence says it."""
    quote = located("faces. nobody", "We store faces. Nobody looks.")
    assert (quote.context, quote.sentence) == (Context.SCATTERED, None)


def test_a_quote_is_read_in_context() -> None:
    """The words of a breach may stand in its denial."""
    assert located("store faces", "We will not store faces.").context is Context.NEGATED


def test_the_first_asserted_place_counts() -> None:
    """What is denied once and said once is said."""
    text = "We will not store faces. Later we store faces. We store faces."
    quote = located("store faces", text)
    assert (Context.ASSERTED, text.index("store faces. We store")) == (quote.context, quote.start)


def test_what_is_nowhere_asserted_is_quoted_where_it_stands_first() -> None:
    """A quote that is only denied and asked shows its first place."""
    text = "Does it store faces? Ask Ann. We will not store faces."
    quote = located("store faces", text)
    assert (Context.ASKED, text.index("store faces")) == (quote.context, quote.start)


def test_fighting_counts_where_it_is_asked_for() -> None:
    """Only for an abuse does detection excuse."""
    text = "We detect deepfakes."
    contexts = [located("deepfakes", text, fought=fought).context for fought in (True, False)]
    assert contexts == [Context.FOUGHT, Context.ASSERTED]


def test_a_quote_says_where_it_stands() -> None:
    """A quote on page two names page two."""
    text = "We use it. We store faces."
    pages = tuple(
        Segment(start=start, end=end, source=Source(file="plan.pdf", page=page))
        for page, (start, end) in enumerate([(0, 11), (11, len(text))], start=1)
    )
    submission = Submission(text=text, source=Source(file="plan.pdf"), segments=pages)
    quote = locate("store faces", submission, read(submission, english()))
    assert quote.source == Source(file="plan.pdf", page=2)


def test_words_known_by_their_index_are_quoted() -> None:
    """A rule's hit is quoted from its first word to its last."""
    submission = Submission(text="Well: we STORE, alas, Faces now.")
    reading = read(submission, english())
    start, end = span_of("store alas faces", reading)
    quote = quote_words((start, end), submission, reading)
    assert (quote.text, quote.context) == ("STORE, alas, Faces", Context.ASSERTED)


@pytest.mark.parametrize(
    ("sentence", "quoted", "context"),
    [
        ("We will not score children.", "We will not score children", Context.NEGATED),
        ("We will not deploy facial recognition in the building.", "not deploy facial recognition", Context.NEGATED),
        ("Facial recognition is out of scope.", "Facial recognition is out of scope", Context.NEGATED),
        ("The shop tracks visitors without telling them.", "tracks visitors without telling them", Context.ASSERTED),
        ("The system will not identify visitors.", "The system will", Context.NEGATED),
        ("The new camera system will not identify visitors.", "The new camera system", Context.NEGATED),
        ("The app scores tenants, not houses.", "The app scores tenants, not houses", Context.ASSERTED),
    ],
)
def test_a_quote_that_holds_its_own_negation_is_read_with_it(sentence: str, quoted: str, context: Context) -> None:
    """Whoever quotes the whole sentence, "not" and all, has quoted no breach."""
    assert located(quoted, sentence).context is context


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("compliant with the law", "The plan is non-compliant with the law."),
        ("supervised by anybody", "It runs un-supervised by anybody."),
        ("with their consent", "They work with their consent-free data."),
        ("законно хранит лица", "Система незаконно хранит лица."),
    ],
)
def test_a_part_of_a_word_is_not_found(words: str, text: str) -> None:
    """What stands before a hyphen or a letter may turn the word around."""
    assert located(words, text).start is None


def test_scripts_without_blanks_are_found_anywhere() -> None:
    """Where no blank stands between words, none can be asked for."""
    assert located("顔認識", "この警察は顔認識を使う。").start is not None
