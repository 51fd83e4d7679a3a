"""Private persons of a text are found with their roles, and who holds a public role stays visible."""

from pathlib import Path

import pytest
import yaml

from foreshock.coding.persons import persons_of, private_persons
from foreshock.coding.remembering import Remembering
from foreshock.model import Actor
from foreshock.reading.languages import load
from tests.ledger.records import claim

ROWS = yaml.safe_load((Path(__file__).parent / "persons.yaml").read_text(encoding="utf-8"))
PARSED = {"en", "ja", "ru", "fr", "es"}


def masked(text, persons):
    letters = list(text)
    for person in persons:
        for start, end in person.spans:
            letters[start:end] = "█" * (end - start)
    return "".join(letters)


def found(desk, row, gazetteer):
    text, language = row["text"], row["language"]
    if language in PARSED:
        reading, claims = desk.coded(text, language)
        return private_persons(
            reading, load(language).parse(reading.sentences), claims, catalogue=desk.catalogue, gazetteer=gazetteer
        )
    return private_persons(desk.reading(text, language), (), (), catalogue=desk.catalogue, gazetteer=gazetteer)


def name_parts(row, name):
    forms = [name, *row.get("forms", {}).get(name, [])]
    return [part for form in forms for part in form.replace("・", " ").split() if part != "Mrs"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}-{row['text'][:24]}")
def test_a_private_name_is_covered_wherever_it_stands_and_a_public_one_nowhere(desk, gazetteer, row):
    persons = found(desk, row, gazetteer)
    shown = masked(row["text"], persons)
    for name in row["private"]:
        assert not [part for part in name_parts(row, name) if part in shown], shown
    for name in row["public"]:
        assert shown.count(name) == row["text"].count(name), shown


def test_roles_come_from_the_claims_and_the_words_of_the_sentence(desk, gazetteer):
    right = of = 0
    for row in ROWS:
        persons = found(desk, row, gazetteer)
        for name, role in row["private"].items():
            parts = name_parts(row, name)
            roles = {p.role for p in persons if any(part in row["text"][a:b] for a, b in p.spans for part in parts)}
            right, of = right + (role in roles), of + 1
    assert of >= 50
    assert right / of >= 0.9


def test_a_person_of_the_catalogue_is_public_whatever_happens_to_him(desk, gazetteer):
    known = next(actor.name for actors in desk.catalogue.known.values() for actor in actors if actor.person)
    row = {"language": "en", "text": f"Police arrested {known} on Tuesday."}
    assert found(desk, row, gazetteer) == ()


def test_an_analyst_speaks_in_public_until_he_is_hurt(desk, gazetteer):
    speaks = {"language": "en", "text": "The analyst Wim Tarrow said that the talks were likely to fail."}
    hurt = {"language": "en", "text": "Soldiers killed the analyst Wim Tarrow on Tuesday."}
    assert found(desk, speaks, gazetteer) == ()
    assert [one.role for one in found(desk, hurt, gazetteer)] == ["victim"]


def test_the_driver_of_a_minister_is_no_minister(desk, gazetteer):
    row = {"language": "en", "text": "Gunmen killed the driver of the minister, Olin Brask, on Monday."}
    assert "Brask" not in masked(row["text"], found(desk, row, gazetteer))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Security Council met in Geneva. The National Assembly voted. Galle Road was closed."),
        ("en", "The town of Almaty is calm. Kazakhstan closed the border with Russia."),
        ("fr", "La Russie a envoyé des soldats. Le Conseil de sécurité se réunit à Genève."),
        ("es", "El Gobierno cerró la frontera. El Parlamento votó. Rusia envió soldados a Caracas."),
        ("ru", "МИД Германии не советует ездить в Казахстан. Совет безопасности собрался в Женеве."),
        ("ja", "政府は国境を閉鎖した。国連安全保障理事会はジュネーブで会合を開いた。"),
        ("de", "Die Vereinten Nationen tagten in Genf. Die Polizei sperrte den Bahnhof."),
    ],
)
def test_bodies_states_and_places_are_no_persons(desk, gazetteer, language, text):
    assert found(desk, {"language": language, "text": text}, gazetteer) == ()


def test_spans_count_code_points_of_the_text_and_do_not_overlap(desk, gazetteer):
    text = "🕊 Marta Velkin, 34, was killed. Velkin's sister wept. 🕊 Velkin had stayed."
    (person,) = found(desk, {"language": "en", "text": text}, gazetteer)
    assert [text[a:b] for a, b in person.spans] == ["Marta Velkin", "Velkin", "Velkin"]


def test_one_parse_serves_coding_and_persons(desk):
    class Counting:
        def __init__(self, inner):
            self.inner, self.parsed = inner, 0
            self.code, self.depth, self.table, self.split = inner.code, inner.depth, inner.table, inner.split

        def parse(self, sentences):
            self.parsed += 1
            return self.inner.parse(sentences)

    counting = Counting(load("en"))
    language = Remembering(counting)
    reading, claims = desk.coded("Police arrested Jonas Abreth.", "en")
    first = persons_of(reading, claims, language, catalogue=desk.catalogue)
    assert persons_of(reading, claims, language, catalogue=desk.catalogue) == first
    assert counting.parsed == 1
    assert [one.role for one in first] == ["detainee"]


# Parties as the encoder tells them, where nouns or the first words of phrases have capitals: what stays visible,
# and whose names are covered. All invented.
PARTIES = [
    ("de", "Die Einsatzkräfte räumten das Lager.", ["Die Einsatzkräfte"], ""),
    ("de", "Am Abend protestierte der Gewerkschaftsbund.", ["der Gewerkschaftsbund"], ""),
    ("de", "Kenner der Verhältnisse sehen das anders.", ["Kenner der Verhältnisse"], ""),
    ("de", "Zwei Feuerwehrleute und mehrere Anwohner wurden verletzt.", ["Zwei Feuerwehrleute", "mehrere Anwohner"], ""),
    ("de", "Meine Männer haben nicht geschossen, sagte er.", ["Meine Männer"], ""),
    ("de", "Die Lehrerin Mina Forrach wurde festgenommen.", ["Die Lehrerin Mina Forrach"], "Mina Forrach"),
    ("de", "Ulla von der Lohe widersprach.", ["Ulla von der Lohe"], "Ulla von der Lohe"),
    ("de", "Der Student Gerd Pohlitz sprach mit uns.", ["Der Student Gerd Pohlitz"], "Gerd Pohlitz"),
    ("ar", "قالت فاطمة الحرسوني إن المنازل احترقت.", ["فاطمة الحرسوني"], "فاطمة الحرسوني"),
    ("ar", "اعتقلت الشرطة المعلم عبد الرزاق القنديلي.", ["المعلم عبد الرزاق القنديلي"], "الرزاق القنديلي"),
    ("ar", "وقال شهود عيان وسكان محليون إن القصف توقف.", ["شهود عيان", "سكان محليون"], ""),
    ("ar", "قال وزير الداخلية سامي الدروبان إن الوضع هادئ.", ["وزير الداخلية سامي الدروبان"], ""),
    ("ar", "سيطرت القوات على مدينة خالدية.", ["القوات", "على مدينة خالدية"], ""),
    ("fa", "نرگس پوراندیش گفت خانه‌ها سوخت.", ["نرگس پوراندیش"], "نرگس پوراندیش"),
    ("fa", "شاهدان عینی و کارگران معدن گفتند تیراندازی شد.", ["شاهدان عینی", "کارگران معدن"], ""),
    ("ko", "목격자 김도담은 총성을 들었다고 말했다.", ["목격자 김도담"], "김도담"),
    ("ko", "사흘 전부터 군이 다리를 막았고 우리 군은 물러났다. 양쪽 다 하나의 군대였다.", ["군", "우리 군"], ""),
    ("ko", "동부 군벌은 아저씨 같은 사람이 아니라 군인이라고 했다.", ["동부 군벌"], ""),
    ("ko", "박소담 양은 학교에서 다쳤다.", [], "박소담"),
    ("zh", "目击者李小禾说，士兵先开了枪。", ["目击者李小禾"], "李小禾"),
    ("zh", "当地居民和周边商户都说没有看见。", ["当地居民", "周边商户"], ""),
    ("tr", "Yangını Elif Aktarlı'ya sorduk.", ["Elif Aktarlı'ya"], "Elif Aktarlı"),
    ("tr", "Bozkır Araştırmaları Vakfı'nın raporu çıktı.", ["Bozkır Araştırmaları Vakfı'nın"], ""),
    ("fa", "به گفتهٔ لیلا حیدریان، پژوهشگر، بازار بسته است.", ["لیلا حیدریان، پژوهشگر"], "لیلا حیدریان"),
    ("fa", "عضو شورا، جعفر حدادیان، امضا نکرد.", ["عضو شورا، جعفر حدادیان"], "جعفر حدادیان"),
    ("it", "La Questura ha smentito, i Vigili sono intervenuti.", ["La Questura", "i Vigili"], ""),
    ("it", "La maestra Bruna Parroli è stata ferita.", ["Bruna Parroli"], "Bruna Parroli"),
]


@pytest.mark.parametrize(("language", "text", "raws", "private"), PARTIES, ids=[one[1][:24] for one in PARTIES])
def test_of_the_parties_of_claims_only_names_are_covered(desk, gazetteer, language, text, raws, private):
    reading = desk.reading(text, language)
    claims = [claim(reading, actor=Actor(raw, raw, None, None), holders=(), figures=()) for raw in raws]
    shown = masked(text, private_persons(reading, (), claims, catalogue=desk.catalogue, gazetteer=gazetteer))
    if private:
        assert not [word for word in private.split() if not word[0].islower() and word in shown]
    else:
        assert shown == text
