"""A manifest is read for what it says, in either version, and what cannot be kept to is refused in plain words."""

import pytest

from courses.packages.items import AS_COMPLETED, AS_PASSED, read_reading
from courses.packages.manifest import read_manifest, with_parameters
from tests.courses.packages.zips import item, manifest, resource
from training.people.roster.limits import Refused

FILES = frozenset({"index.html", "shared/two.html"})


def read(*args, **parts):
    return read_manifest(manifest(*args, **parts).encode(), FILES)


def sequencing(inside: str) -> str:
    return f"<imsss:sequencing>{inside}</imsss:sequencing>"


TWO_2004 = {
    "items": item("one", sequencing("{}")) + item("two"),
    "resources": resource("one", version="2004") + resource("two", "shared/two.html", version="2004"),
}


def two_with(inside: str) -> dict[str, str]:
    return TWO_2004 | {"items": TWO_2004["items"].replace("{}", inside)}


def test_version_12_brings_its_marks_prerequisites_and_launch_data():
    inside = (
        "<adlcp:prerequisites type='aicc_script'>one</adlcp:prerequisites><adlcp:masteryscore>80</adlcp:masteryscore>"
        "<adlcp:datafromlms> seed=1 </adlcp:datafromlms><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"
    )
    reading = read(
        items=item() + item("two", inside, parameters="?lang=en#top"),
        resources=resource() + resource("two", "two.html", **{"xml:base": "shared/"}),
    )
    assert (reading.kind, reading.title, reading.own_rule) == ("scorm12", "Small package", AS_PASSED)
    two = reading.item("two")
    assert (two.href, two.prerequisites, two.mastery) == ("shared/two.html?lang=en#top", "one", 80)
    assert (two.launch_data, two.time_allowed) == ("seed=1", "00:30:00")


def test_version_2004_brings_its_objectives_and_the_measure_of_a_pass():
    inside = sequencing(
        '<imsss:objectives><imsss:primaryObjective objectiveID="main" satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective>"
        '<imsss:objective objectiveID="second"/></imsss:objectives>'
        '<imsss:limitConditions attemptAbsoluteDurationLimit="PT30M"/>'
        '<imsss:deliveryControls completionSetByContent="true"/>'
    )
    inside += "<adlcp:completionThreshold>0.5</adlcp:completionThreshold>"
    reading = read(
        "2004",
        items=item("one", inside),
        organisation=sequencing('<imsss:controlMode choice="false" flow="true"/>'),
    )
    one = reading.item("one")
    assert (one.objectives, one.pass_measure, one.completion_threshold) == (("main", "second"), 0.8, 0.5)
    assert (one.choice, one.flow, one.time_allowed, one.ends_completed) == (False, True, "PT30M", False)


def test_the_default_organisation_is_used_and_headings_open_nothing():
    text = manifest(items="<item identifier='h'><title>Heading</title>" + item() + "</item>")
    other = "<organization identifier='a'><title>Other</title>" + item("x", resource="r-one") + "</organization>"
    text = text.replace('<organization identifier="o">', other + '<organization identifier="o">')
    reading = read_manifest(text.encode(), FILES)
    assert (reading.title, reading.organisations) == ("Small package", 2)
    assert [(each.title, each.depth, each.href) for each in reading.items] == [
        ("Heading", 0, ""),
        ("Part one", 1, "index.html"),
    ]


def test_a_shared_sequencing_is_read_by_its_id():
    shared = (
        '<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:deliveryControls tracked="false"/>'
        "</imsss:sequencing></imsss:sequencingCollection></manifest>"
    )
    parts = two_with("{}") | {"items": item("one", '<imsss:sequencing IDRef="s"/>') + item("two")}
    reading = read_manifest(manifest("2004", **parts).replace("</manifest>", shared).encode(), FILES)
    assert reading.asked == {"two"}


def test_what_was_read_is_kept_and_read_back():
    reading = read("2004", **two_with(""))
    assert read_reading(reading.as_json()) == reading
    assert reading.own_rule == AS_COMPLETED


@pytest.mark.parametrize(
    ("href", "parameters", "wanted"),
    [
        ("a.html", "?x=1", "a.html?x=1"),
        ("a.html?y=2", "&x=1", "a.html?y=2&x=1"),
        ("a.html#end", "x=1", "a.html?x=1#end"),
        ("a.html", "#end", "a.html#end"),
        ("a.html", "", "a.html"),
    ],
)
def test_launch_parameters_are_put_on_as_the_standard_says(href, parameters, wanted):
    assert with_parameters(href, parameters) == wanted


RULE = "<imsss:sequencingRules><imsss:{}><imsss:ruleAction action='skip'/></imsss:{}></imsss:sequencingRules>"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (RULE.format("preConditionRule", "preConditionRule"), "rules about what opens after what"),
        ("<imsss:rollupRules><imsss:rollupRule/></imsss:rollupRules>", "adding its parts up"),
        ("<imsss:limitConditions attemptLimit='1'/>", "how often somebody may try"),
        ("<imsss:randomizationControls randomizationTiming='once'/>", "random order"),
        ("<imsss:controlMode forwardOnly='true'/>", "going forward"),
        ("<imsss:controlMode choiceExit='false'/>", "left by choosing"),
        ("<imsss:objectives><imsss:objective><imsss:mapInfo/></imsss:objective></imsss:objectives>", "parts share"),
    ],
)
def test_sequencing_that_is_not_kept_to_is_refused(inside, said):
    with pytest.raises(Refused, match=said):
        read("2004", **two_with(inside))


BOMB = '<!DOCTYPE manifest [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (manifest(head=BOMB), "entities"),
        (manifest()[:-20], "not well-formed"),
        (manifest(resources=resource(href="https://example.org/x.html")), "another site"),
        (manifest(resources=resource(href="../x.html")), "outside the package"),
        (manifest(resources=resource(href="gone.html")), "not in the package"),
        (manifest(items=item(resource="none")), "does not list"),
        (manifest(items=item() + item()), "same identifier"),
        (manifest(items=item(inside="<adlcp:masteryscore>900</adlcp:masteryscore>")), "not a number from 0 to 100"),
        (manifest(items=item(inside="<adlcp:prerequisites>one &amp; (</adlcp:prerequisites>")), "not understood"),
        (manifest().replace("adlcp_rootv1p2", "x").replace("<schemaversion>1.2", "<schemaversion>9"), "does not say"),
        (manifest().replace("<resources>", "<manifest/><resources>"), "manifest within"),
        ("<course/>", "not a manifest"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_with_the_reason(text, said):
    with pytest.raises(Refused, match=said):
        read_manifest(text.encode(), FILES)
