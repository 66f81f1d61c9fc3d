"""Whatever is written or given, a configuration is understood or refused in plain words."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from config import load as load_module
from config.crawl import FIELDS as CRAWL_FIELDS
from config.load import FIELDS, ConfigError, load
from config.model import Crawl
from config.toml_lines import lines_of
from tests.configuring import SOURCE, TOPIC, problems, write

DEFAULT = (Path(load_module.__file__).parent / "default.toml").read_text("utf-8")
KEYS = [keys for keys in lines_of(DEFAULT) if keys and isinstance(keys[-1], str)]
KNOWN = {*CRAWL_FIELDS, *FIELDS}


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str, int]:
    """A key of default.toml, one slip in its name, and its line."""
    keys = draw(st.sampled_from(KEYS))
    name = str(keys[-1])
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz_-XZ9"))
    slip = draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )
    )
    assume(slip and slip != name and slip not in KNOWN)
    return name, slip, lines_of(DEFAULT)[keys]


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole configuration that is quick to read."""
    folder = tmp_path_factory.mktemp("tea")
    write(folder, TOPIC, "tea.toml")
    return write(folder, f'topic = "tea.toml"\n{SOURCE}')


@given(slips())
@settings(max_examples=60, deadline=None)
def test_a_slip_in_any_key_is_refused_at_its_line_with_the_right_name(
    given_slip: tuple[str, str, int],
) -> None:
    name, slip, line = given_slip
    text = DEFAULT.split("\n")
    text[line - 1] = text[line - 1].replace(name, slip, 1)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), SOURCE, "sources.toml")
        path = write(Path(folder), "\n".join(text))
        found = problems(path)
    # "sourcse" is as near to one as to the other.
    meant = ("sources", "source") if name == "sources" else (name,)
    message = f"{path}:{line}: unknown key {slip!r}; did you mean"
    assert found[0] in [f"{message} {each!r}?" for each in meant]
    if name != "crawl":
        assert len(found) == 1


PIECES = st.lists(
    st.sampled_from(
        [*"[]{}=,.\n\"'#\\ \t\r\x00", "[[source]]\n", "[crawl]\n", "[[source.x]]\n", "\ufeff", "数"]
        + [f"{name} = " for name in ("home", "id", "max_pages", "delay", "topic", "source", "kind")]
        + ["1", "-1", "1e400", "nan", "true", '"x"', '["x"]', "{x = 1}", '"http://x.y/"', "0x1F"]
        + ["1979-05-27", '"""', "'''", '"\\u0000"', '"\\uFFFF"', "[[[[", "\n\n"]
    ),
    max_size=30,
).map("".join)


@given(st.binary(max_size=60) | PIECES.map(str.encode))
@example(b"source = [[]]")
@example(b"[[source]]\nsource = 1\n[crawl.crawl]")
@example(b"a = 1\ra = 2")
@settings(max_examples=300, deadline=None)
def test_whatever_a_file_holds_it_is_understood_or_refused(tea: Path, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), raw)
        try:
            assert load(path, topic=str(tea.parent / "tea.toml"), sources=path).sources
        except ConfigError as error:
            for problem in error.problems:
                assert str(problem).isprintable()
                assert problem.path == path
                assert problem.line is None or 1 <= problem.line <= raw.count(b"\n") + 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(CRAWL_FIELDS)) | st.text(max_size=5), VALUES))
@settings(max_examples=50, deadline=None)
def test_whatever_the_command_line_gives_is_understood_or_refused(
    tea: Path, values: dict[str, Any]
) -> None:
    crawl, told = attempted(tea, values)
    if crawl is None:
        assert told
        assert all(line.startswith("--") and line.isprintable() for line in told)
    else:
        crawl.user_agent.format(contact=crawl.contact).encode("ascii")
        assert 0 <= crawl.delay <= crawl.max_delay


def attempted(path: Path, overrides: dict[str, Any]) -> tuple[Crawl | None, list[str]]:
    try:
        return load(path, overrides=overrides).crawl, []
    except ConfigError as error:
        return None, [str(problem) for problem in error.problems]
