"""``report.json`` keeps its documented schema, and comes back as data frames."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import report
from report.gap.evidence import NONE, Evidence
from report.previous import BadReport, read_previous
from report.schema import report_schema
from tests.gap_webs import corpus, judged, sample
from tests.report_html import hostile_store
from tests.report_meanings import meaning
from tests.report_store import MemoryStore, measurement_of, written

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTED = ROOT / "docs" / "report.schema.json"
FULL = Evidence(sample((200, 150), (200, 120)), judged(), meaning=meaning())


def test_the_documented_schema_is_the_one_in_use() -> None:
    made = json.dumps(report_schema(), ensure_ascii=False, indent=1) + "\n"
    assert DOCUMENTED.read_text("utf-8") == made, (
        "python -m report.schema > docs/report.schema.json"
    )


@pytest.mark.parametrize(
    ("store", "evidence"),
    [(corpus(60, 90), FULL), (MemoryStore(), NONE), (corpus(0, 9), NONE), (hostile_store(0), FULL)],
)
def test_every_report_is_valid(store: MemoryStore, evidence: Evidence, tmp_path: Path) -> None:
    files = written(store, tmp_path, evidence)
    schema = json.loads(DOCUMENTED.read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for listed in (schema, *schema["$defs"].values()):  # what we write is all documented
        listed["additionalProperties"] = False
    validator.validate(json.loads(files.json.read_text("utf-8")))


def test_a_report_is_read_back_as_frames(tmp_path: Path) -> None:
    files = written(corpus(60, 90), tmp_path, FULL)
    loaded = report.load(tmp_path)
    assert loaded.headline["kind"] == "estimate"
    assert len(loaded.pages) == 150
    concepts = loaded.tables[loaded.tables["table"] == "concepts"]
    assert concepts.set_index("value").loc["dg", "zh_works"] == 90
    assert set(loaded.methods["name"]) >= {"audit", "naive_works"}
    assert set(loaded.differences["dimension"]) >= {"concepts", "years", "kinds"}
    assert report.load(files.json).months.equals(loaded.months)
    files.pages_csv.unlink()
    assert report.load(files.json).pages.empty


def test_what_is_no_report_is_one_line(tmp_path: Path) -> None:
    for text, said in (
        ("not json", "not a report.json of Duizhao .it is not JSON."),
        ("[]", "not a report.json"),
        ('{"schema": 1}', "not a report.json"),
    ):
        (tmp_path / "report.json").write_text(text)
        with pytest.raises(BadReport, match=said):
            report.load(tmp_path)
    with pytest.raises(BadReport):
        report.load(tmp_path / "none")


def test_a_report_with_the_wrong_things_inside_is_one_line(tmp_path: Path) -> None:
    file = written(corpus(6, 9), tmp_path).json
    whole = json.loads(file.read_text("utf-8"))
    for name, wrong in (("topic", "t"), ("gap", None), ("en", 1), ("tables", []), ("zh", {})):
        file.write_text(json.dumps(whole | {name: wrong}))
        assert read_previous(file, "digital-government", asked=False) is None
        with pytest.raises(BadReport, match="not whole any more"):
            read_previous(file, "digital-government", asked=True)
    file.write_text(json.dumps(whole | {"gap": None}))
    with pytest.raises(BadReport, match="not whole any more"):
        report.load(file)


def test_an_earlier_report_is_used_only_where_it_can_be(tmp_path: Path) -> None:
    file = written(corpus(6, 9), tmp_path).json
    assert read_previous(file, "digital-government", asked=False)
    assert read_previous(file, "other", asked=False) is None
    assert read_previous(tmp_path / "none", "x", asked=False) is None
    with pytest.raises(BadReport, match="a report on 'digital-government', not on 'other'"):
        read_previous(file, "other", asked=True)
    old = json.loads(file.read_text("utf-8")) | {"schema": 1}
    file.write_text(json.dumps(old))
    assert read_previous(file, "digital-government", asked=False) is None
    with pytest.raises(BadReport, match="schema 1, and this Duizhao reads 2"):
        read_previous(file, "digital-government", asked=True)


def test_a_report_of_an_older_version_is_compared_with_a_caution(tmp_path: Path) -> None:
    """It has none of the names that came within this version of the schema."""
    store = corpus(6, 9)
    file = written(store, tmp_path).json
    old = json.loads(file.read_text("utf-8"))
    del old["topic"]["terms"]
    for difference in old["gap"]["differences"]:
        del difference["unstandardised"]
    file.write_text(json.dumps(old))
    assert set(report.load(tmp_path).differences["unstandardised"]) == {""}
    before = read_previous(file, "digital-government", asked=True)
    changes = measurement_of(store, evidence=Evidence(previous=before)).gap.changes
    assert changes
    assert [caution.code for caution in changes.cautions] == ["terms_unknown"]
    assert changes.comparable
