"""Turns of phrase of ordinary news prose, about the invented wars: who is meant though no plain subject names him."""

from __future__ import annotations

import pytest
from invented_wars import document, says

from kg.extract.extractor import Extractor
from kg.extract.lexicon import Lexicon
from kg.extract.words import is_common_word
from kg.model import Actor, Kind, Name, NameKind, Span

CASES = [
    # an adjective or a noun before an event is its doer
    ("A Vardonian airstrike on Drenović killed three people.", "attack vardonian-military at drenovic"),
    ("A Vardonian airstrike on Drenović killed three people.", "casualties vardonian-military > civilians killed = 3"),
    ("Three people were killed in a Vardonian drone attack on Drenović.", "casualties vardonian-military > civilians killed = 3"),
    ("The Kasso Liberation Front left. A rebel attack on Agdal failed.", "attack kasso-front at agdal"),
    # and of a hyphen: what a state backs, it backs itself and not with its army
    ("Vardonian-backed rebels captured Agdal.", "supports vardonia > rebels"),
    # who brokers talks, wherever the tree hangs him
    ("Talks between Zambara and the Olvian Guard, brokered by Vardonia, ended.", "mediate vardonia > zambara"),
    ("Talks between Zambara and the Olvian Guard, brokered by Vardonia, ended.", "mediate vardonia > olvian-guard"),
    # the side that a commander leaves
    ("A senior Olvian Guard commander, Amin Tarak, defected to the Kerska Corps.", "defect amin-tarak from olvian-guard to kerska-corps"),
    ("Amin Tarak, who commanded the Olvian Guard, went over to the Kerska Corps.", "defect amin-tarak from olvian-guard to kerska-corps"),
    # persons after their office
    ("The commander of the Olvian Guard, Colonel Idris Nur, was wounded.", "holds_role idris-nur > olvian-guard as commander"),
    ("The commander of the Olvian Guard, Colonel Idris Nur, was wounded in Agdal.", "casualties > idris-nur at agdal wounded"),
    ("The governor of Drenović, Musa Adan, was killed in Agdal.", "casualties > musa-adan at agdal killed"),
    # a name in a list of persons is a person's
    ("Samir Odeh, Amin Tarak and General Idris Nur met in Drenović.", "meet samir-odeh > amin-tarak at drenovic"),
    # numbers whose noun stands before
    ("At least 13 people were killed and 30 wounded in Agdal.", "casualties > civilians at agdal wounded = 30"),
    # a name before "town of" says where the town lies, one before "district of" what is divided
    ("The Olvian Guard took the Nor State town of Garat.", "located_in garat > nor-state"),
    ("The Olvian Guard took the Nor State town of Garat.", "capture olvian-guard > garat"),
    ("The Olvian Guard took the Garat district of Nor State.", "located_in garat > nor-state"),
    # a list's last name is what a participle after a comma describes
    ("It involves the armed wing of the Olvian Guard and the Red Alliance, composed of the Kerska Corps and the Blue Front.",
     "member_of kerska-corps > red-alliance"),
    # names told in passing
    ("The Olvian Guard, also known as the Red Lions, left. The Red Lions attacked Drenović.", "attack olvian-guard at drenovic"),
    ("The Kasso Liberation Front and its army (KNLX) attacked Drenović.", "part_of knlx > kasso-front"),
    ("The 105th and 118th Brigades of the Olvian Guard attacked Drenović.", "attack 105th-brigade at drenovic"),
    ("The 105th and 118th Brigades of the Olvian Guard attacked Drenović.", "part_of 105th-brigade > olvian-guard"),
    ("The Land and Water Party backs the Olvian Guard.", "supports land-and-water-party > olvian-guard"),
    # what is told of the name right before it
    ("Residents of Agdal, which the Kerska Corps has controlled since 2021, fled.", "controls kerska-corps > agdal on 2021/.."),
    ("The Olvian Guard, armed and trained by Vardonia, denied this.", "supports vardonia > olvian-guard"),
    # a site that bears a name, a stretch of land that does
    ("The Olvian Guard took the hilltop base of Phu Hin.", "capture olvian-guard > phu-hin"),
    ("The Olvian Guard took Kimbosa, the chief town of Lufimi territory.", "located_in kimbosa > lufimi"),
    # who fights after fighting, and with what
    ("The Olvian Guard left Agdal after heavy fighting with the Kerska Corps.", "attack olvian-guard > kerska-corps"),
    ("The Olvian Guard responded with airstrikes on Agdal.", "attack olvian-guard at agdal"),
    ("A drone attack blamed on the Kerska Corps killed four people in Drenović.",
     "casualties kerska-corps > civilians at drenovic killed = 4"),
    # dates: of an office, of the coup and not of what has been since, of the fight before, of a story told of long ago
    ("General Musa Adan, who has led the Olvian Guard since 2019, left.", "holds_role musa-adan > olvian-guard as leader on 2019/.."),
    ("The Olvian Guard has fought since the Zambaran Armed Forces seized power in February 2021.",
     "seize_power zambaran-army on 2021-02"),
    ("On Friday the Olvian Guard attacked Drenović. Five people died in the exchange.", "casualties > civilians killed = 5 on 2024-05-17~"),
    ("In March 1947 the Olvian Guard attacked Drenović. In April 1947 it attacked Agdal. On 10 May it attacked Alamat.",
     "attack olvian-guard at alamat on 1947-05-10"),
    ("The Olvian Guard was founded in March 2019. On 10 May it attacked Alamat.", "attack olvian-guard at alamat on 2024-05-10"),
    # who changes sides in other words leaves what he was told to be part of, for whom he allies himself with
    ("The 3rd Brigade is part of the Zambaran Armed Forces. The 3rd Brigade switched sides on Friday.",
     "defect 3rd-brigade from zambaran-army on 2024-05-17"),
    ("Units of an ethnic militia that is part of the Zambaran Armed Forces switched sides on Friday, allying themselves with "
     "the Olvian Guard.",
     "defect units-of-ethnic-militia from zambaran-army to olvian-guard on 2024-05-17"),
    # rivals
    ("The Olvian Guard and the Kerska Corps are rivals.", "opposes olvian-guard > kerska-corps"),
    ("The Olvian Guard's rival, the Kerska Corps, took Agdal.", "opposes kerska-corps > olvian-guard"),
    # sides without a name
    ("Police arrested 12 members of the Olvian Guard.", "detain police > olvian-guard = 12"),
    ("The Olvian Guard abducted 300 pupils in Drenović.", "detain olvian-guard > pupil at drenovic = 300"),
    # names told by what stands beside them
    ("Fighters of a militia known as the Red Lions attacked Drenović.", "attack red-lions at drenovic"),
    ("Qassirah chief Amin Tarak was killed in Drenović.", "holds_role amin-tarak > qassirah as chief"),
    ("Qassirah has about 2,000 fighters.", "strength qassirah = ~2000"),
    # a truce is a truce with a hyphen, and talks that collapse were held
    ("The Olvian Guard and the Kerska Corps signed a cease-fire.", "ceasefire olvian-guard > kerska-corps"),
    ("Talks between the Olvian Guard and the Kerska Corps collapsed.", "meet olvian-guard > kerska-corps"),
    # doubt
    ("Vardonia has been accused of supplying weapons to the Kerska Corps.", "supports vardonia > kerska-corps unverified"),
    # "since" with a clause
    ("About 900 soldiers of the Olvian Guard have deserted since the offensive began on May 2.",
     "desert from olvian-guard = ~900 on 2024-05-02/.."),
    ("About 900 soldiers of the Olvian Guard have deserted since Operation Flood, as it is called, began on May 2.",
     "desert from olvian-guard in operation-flood = ~900 on 2024-05-02/.."),
    # places within places
    ("They shelled the town of Alamat in the northern region of Tegar.", "located_in alamat > tegar"),
    ("They took the port of Alamat, in Nor Province, on Friday.", "located_in alamat > nor-province"),
    ("The camp at Alamat on the island of Tegar was shelled.", "located_in alamat > tegar"),
    ("They met in Alamat, southern Nor Province, on Friday.", "located_in alamat > nor-province"),
    ("They took Alamat and Keshan, two towns in Nor Province.", "located_in alamat > nor-province"),
    ("The Olvian Guard left Alamat and Keshan, two towns it seized in May.", "capture olvian-guard > keshan on 2024-05"),
    # what a name is told to be
    ("The Red Sun Movement, a coalition backed by Vardonia, includes the Kerska Corps.", "member_of kerska-corps > red-sun-movement"),
    ("The Olvian Guard belongs to a coalition, the Red Sun Alliance, that also includes the Kerska Corps.",
     "member_of kerska-corps > red-sun-alliance"),
    ("The Banner of Truth Brigade attacked the Olvian Guard.", "attack banner-of-truth-brigade > olvian-guard"),
    ("Mahat Bahari heads the Olvian Guard.", "holds_role mahat-bahari > olvian-guard as leader"),
    # offices with a hyphen, of a country that only the text knows, of a place
    ("Zak Mur, secretary-general of the Olvian Guard, was killed.", "holds_role zak-mur > olvian-guard as secretary general"),
    ("President Karl Tober of Liberland met the Olvian Guard.", "holds_role karl-tober > liberland as president"),
    ("The governor of Drenović, Musa Adan, was killed in Agdal.", "holds_role musa-adan > drenovic as governor"),
    # sizes
    ("The 1,300-strong Olvian Guard attacked.", "strength olvian-guard = 1300"),
    ("The Olvian Guard, a militia with an estimated 3,000 armed men, left.", "strength olvian-guard = ~3000"),
    ("The Olvian Guard, a guerrilla army of 2,500, left.", "strength olvian-guard = 2500"),
    ("The Olvian Guard grew to 900 fighters.", "strength olvian-guard = 900"),
    # seats
    ("The Olvian Guard lost its base at Agdal in May.", "based_in olvian-guard > agdal"),
    # the two who face each other
    ("The Olvian Guard and the Kerska Corps clashed. Vardonia brokered talks between the two sides.", "mediate vardonia > kerska-corps"),
    ("The Olvian Guard attacked the Kerska Corps. The warring parties signed a truce.", "ceasefire olvian-guard > kerska-corps"),
    ("The Kerska Corps split from the Olvian Guard in 1998 and the two clashed in May.", "attack kerska-corps > olvian-guard on 2024-05"),
    # "of B" belongs to the noun before it, and the apposition after it to B
    ("Fighters of the Olvian Guard and rebels of the Kerska Corps, the armed wing of the Red Party, clashed.",
     "attack olvian-guard > kerska-corps"),
    ("Fighters of the Olvian Guard and rebels of the Kerska Corps, the armed wing of the Red Party, clashed.",
     "part_of kerska-corps > red-party"),
    ("Most are members of the Kerska Corps, an ethnic force formed in 1978 by breakaway members of the Olvian Guard.",
     "split_from kerska-corps > olvian-guard on 1978"),
    # the town named in the same sentence
    ("The Olvian Guard took Agdal from the Kerska Corps, whose fighters shelled the town twice.", "attack kerska-corps at agdal"),
    # a list of names, the first of which the parser hangs the others on
    ("The Olvian Guard, the Kerska Corps and the Red Sun Movement launched attacks on Agdal.", "attack red-sun-movement at agdal"),
    # how somebody attacks does not hide that he attacks
    ("Fighters from the Olvian Guard and the Kerska Corps jointly attacked Agdal.", "attack kerska-corps at agdal"),
    # who is to do what somebody asks
    ("Vardonia urged the Olvian Guard and the Kerska Corps to lay down their arms.", "surrender from kerska-corps asked"),
    # whose leader
    ("Vardonia imposed sanctions on the Olvian Guard and its leader, Amin Tarak.", "holds_role amin-tarak > olvian-guard as leader"),
    # a title among the words that a frame needs
    ("The junta ousted President Musa Adan in May.", "seize_power junta > musa-adan on 2024-05"),
    ("At least 40 people have been killed since fighting broke out between the Olvian Guard and the Kerska Corps in Agdal.",
     "attack olvian-guard > kerska-corps"),
    ("The Olvian Guard is one of the largest armed groups in Drenović.", "based_in olvian-guard > drenovic"),
    # "that": the one just spoken of
    ("The border guards joined the Kerska Corps. That ethnic guerrilla force was founded in 1978 by men who left the Olvian Guard.",
     "form > kerska-corps on 1978"),
    # arms by whatever word
    ("Vardonia provided transport planes to the Kerska Corps.", "supports vardonia > kerska-corps"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_a_report_says(text: str, expected: str, war_reader: Extractor) -> None:
    assert expected in {says(claim) for claim in war_reader.extract(document(text, published="2024-05-20"))}


def test_military_aid_is_not_that_of_the_military(war_reader: Extractor) -> None:
    found = {says(claim) for claim in war_reader.extract(document("Vardonia has backed the Olvian Guard with military aid."))}
    assert found == {"supports vardonia > olvian-guard"}


def test_who_is_toppled_has_not_seized_power(whole_reader: Extractor) -> None:
    text = "The 2021 coup in Zambara toppled an elected government led by Musa Adan."
    assert not [c for c in whole_reader.extract(document(text)) if c.type == "seize_power" and c.subject and "elected" in c.subject.name]


@pytest.mark.parametrize("text", [
    "Vardonian officials spoke of the airstrike.",
    "A peace offensive on Drenović began.",
    "They stayed on the coast of Drenović, and on Friday in Agdal.",
    "The two sides of the coin were shown in Agdal.",
    "The Kerska Corps switched sides.",
    "The Olvian Guard held on to its plans in Agdal.",
    "The Olvian Guard gave up its claim, the last card in its hands.",
    "The Olvian Guard and the Kerska Corps have 3,000 fighters.",  # of what several have together none has all
    "Surrounded, they turned in May to other things.",  # "turn in" was once taken for a surrender
])
def test_what_a_report_does_not_say(text: str, war_reader: Extractor) -> None:
    assert [says(claim) for claim in war_reader.extract(document(text))] == []


def test_fellow_members_of_an_alliance_are_not_told_to_be_allies_as_well(war_reader: Extractor) -> None:
    text = "The Olvian Guard and the Kerska Corps fight together as the Red Sun Alliance, and are allied with the Blue Lions."
    found = {says(claim) for claim in war_reader.extract(document(text))}
    assert {"member_of olvian-guard > red-sun-alliance", "allied_with kerska-corps > blue-lions"} <= found
    assert "allied_with olvian-guard > kerska-corps" not in found


def test_what_is_said_not_to_be_so_is_denied(whole_reader: Extractor) -> None:
    found = whole_reader.extract(document("The Olvian Guard, which is not part of the Desert Unity Platform, took Drenović."))
    assert "member_of olvian-guard > desert-platform" not in {says(claim) for claim in found}


UN = Actor("un", Kind.INTERNATIONAL_ORGANIZATION, (Name("United Nations"), Name("UN", NameKind.ABBREVIATION)))


@pytest.mark.parametrize(("text", "found"), [
    ("the U.N. said", ["U.N."]), ("the UN said", ["UN"]), ("a U.N.-backed court", ["U.N."]), ("U.N.'s envoy", ["U.N."]), ("run, u.n.", [])])
def test_stops_make_no_other_abbreviation(text: str, found: list[str]) -> None:
    assert [name.span.of(text) for name in Lexicon([UN], []).find(text, Span(0, len(text)), None)] == found


@pytest.mark.parametrize(("word", "common"), [
    ("soldiers", True), ("eleven", True), ("peacekeepers", True), ("besieged", True), ("men", True), ("hezbollah", False),
    ("tindalo", False)])
def test_a_word_that_opens_a_sentence_is_a_name_when_no_lemma_makes_it(word: str, common: bool) -> None:
    assert is_common_word(word) == common
