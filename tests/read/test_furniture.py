"""Page furniture: found in other wordings than the rules' own examples, and never in news with tempting words.

All sentences are invented for these tests.
"""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.read import read_documents
from kg.read.furniture import load_rules, weigh

FURNITURE = (
    "Sign up for our weekly briefing on the Sahel and never miss a dispatch.",
    "By continuing to browse this site you agree to our cookie policy.",
    "Your gift keeps our reporters in the field; please donate what you can.",
    "Already have an account? Log in to continue reading.",
    "To view the comments, please switch on JavaScript in your browser settings.",
    "Follow us on Telegram for breaking updates",
    "Home | World | Africa | Sport | Weather",
    "© 2024 Lakeside Courier. All rights reserved.",
    "Share on WhatsApp",
    "Facebook Twitter WhatsApp Email",
    "You have reached your limit of free articles this month. Subscribe to keep reading.",
    "We value your privacy. Choose which cookies you accept on this site.",
    "This story is free because readers like you pay for it. Chip in today.",
    "Get the day's headlines in your inbox every morning.",
    "Most Read",
    "ALSO READ: Governor escapes ambush near Bria",
    "Did you find this article useful? Tell us in our short survey and help us improve our website.",
    "Leave a comment",
    "Tags: Chad, Sudan, refugees",
    "Create a free account to comment",
    "The post Truce holds in Kidal appeared first on Dune Post.",
    "If you value independent journalism, become a member today.",
    "For more stories like this one, find us on Facebook.",
    "E-mail the editor at desk@example.org",
    "Opinions expressed by columnists do not necessarily reflect those of the paper.",
    "Get weekly analysis of the Horn with our Lakeside Brief newsletter.",
    "**Read more:** How the front line moved",
)
NEWS = (
    "Both factions agreed to subscribe to the ceasefire, the mediator said on Sunday.",
    "Volunteers handed out cookies and tea at the checkpoint.",
    "Supporters of the ousted president burned tyres in the capital.",
    "Only a third of registered voters could reach a polling station in the district.",
    "Neighbouring states donated weapons worth $40 million to the new army.",
    "The militia signed up 600 fighters in the camps within a month.",
    "The envoy insisted on the privacy of the talks, which continued behind closed doors.",
    "The general shared the stage with the two men who had led the mutiny.",
    "“If you support our revolution, register with your local committee and join us,” the commander told villagers.",
    "Residents must log in to a government website and register their phones, according to the junta.",
    "Police searched the newsroom of an independent newspaper; its editor was arrested.",
    "The governor thanked donors for their support and asked them to donate food and blankets.",
    "Subscribers of the state mobile company lost service across the region as troops shut down towers.",
    "More from the front reached the capital by evening: two bridges had been blown up.",
    "We must ask ourselves whether our leaders want peace; if you look at the map, you see they do not.",
    "The hackers stole passwords and e-mail from the ministry and posted them on a website.",
    "Register your sons, the junta told families, or lose your ration cards.",
    "Donate blood, the hospital in Goma pleaded.",
    "The insurgents get weapons by sea and send orders by phone.",
    "Related to the president by marriage, the colonel commands the guard.",
    "The party expressed its views by radio; its leaders said that they did not follow us on the march.",
    "Write to the governor, the elders told the villagers, and write to the army.",
    "“Please refresh your page, check your inbox and send us your password,” read the message that the guards found.",
    "Lakeside Council / Reed Front / Hill Guard",
    "Maria Kessler is an independent analyst who works on the Horn of Africa.",
)


def _weight(paragraph: str) -> float:
    return sum(weigh(paragraph).values())


@pytest.mark.parametrize("paragraph", FURNITURE)
def test_furniture_is_recognised_by_itself(paragraph: str) -> None:
    assert _weight(paragraph) >= load_rules().threshold, weigh(paragraph)


@pytest.mark.parametrize("paragraph", NEWS)
def test_news_with_tempting_words_is_not_furniture(paragraph: str) -> None:
    assert _weight(paragraph) < load_rules().threshold, weigh(paragraph)


@pytest.mark.parametrize("rule", load_rules().rules, ids=lambda rule: rule.name)
def test_each_rule_matches_its_own_example(rule) -> None:
    assert weigh(rule.example).get(rule.name) == rule.weight


def _marked(tmp_path, *lines: str) -> list[str]:
    (tmp_path / "page.txt").write_text("\n\n".join(lines), "utf-8")
    (document,) = read_documents([tmp_path])
    assert isinstance(document, Document)
    return [span.of(document.text) for span in document.furniture]


TITLE = "Mutineers hold the barracks in Lakeside"
STORY = "Soldiers who rose against the governor on Monday still held the barracks, and three officers were in their hands."


def test_a_run_absorbs_the_short_lines_between_its_members(tmp_path) -> None:
    appeal = ("Your support keeps us reporting", "Our desks never close, and what our readers ask of us we try to answer.",
              "Please donate: your gift pays for independent reporting.")
    assert _marked(tmp_path, TITLE, *appeal, STORY, "Sign up for our free newsletter", "The day in brief", "Subscribe now") == [
        *appeal, "Sign up for our free newsletter", "The day in brief", "Subscribe now"]


def test_a_run_absorbs_no_news_between_advertisements(tmp_path) -> None:
    marked = _marked(tmp_path, TITLE, STORY, "Advertisement", "He was 25.", "Advertisement", STORY + " Talks failed.")
    assert marked == ["Advertisement"] * 2


def test_a_run_absorbs_no_heading_above_news(tmp_path) -> None:
    assert _marked(tmp_path, TITLE, STORY, "Subscribe now", "The siege", STORY + " It rained.", "Subscribe now") == ["Subscribe now"] * 2


def test_a_run_absorbs_no_title(tmp_path) -> None:
    assert _marked(tmp_path, "Log in or register", TITLE, "Subscribe now", STORY) == ["Log in or register", "Subscribe now"]


def test_the_headlines_below_related_articles_are_furniture_up_to_the_next_sentence(tmp_path) -> None:
    related = ("Related Articles", "Army retakes the port of Lakeside", "Governor flees to the hills after mutiny")
    assert _marked(tmp_path, TITLE, STORY, *related, STORY + " It was quiet.") == list(related)


def test_the_neighbouring_articles_below_a_story_are_furniture(tmp_path) -> None:
    neighbours = ("Previous article", "Governor sacked", "Next article", "Cattle raid kills 14 in Lakeside")
    assert _marked(tmp_path, TITLE, STORY, *neighbours) == list(neighbours)


def test_title_standfirst_and_byline_are_not_furniture_and_the_section_and_repeated_title_are(tmp_path) -> None:
    standfirst = "Three officers are held and the governor has fled"
    assert _marked(tmp_path, "Skip to content", "Conflict", TITLE, standfirst, "By Ada Bell", TITLE, STORY) == [
        "Skip to content", "Conflict", TITLE]


def test_a_very_long_paragraph_is_never_weighed() -> None:
    assert weigh("Subscribe to our free newsletter " * 100) == {}


def test_nothing_but_furniture_is_noted(tmp_path) -> None:
    (tmp_path / "wall.txt").write_text("We use cookies to improve this site.\n\nAccept all cookies\n\nLog in or register", "utf-8")
    (document,) = read_documents([tmp_path])
    assert any(note.startswith("Nothing but page furniture") for note in document.notes)
