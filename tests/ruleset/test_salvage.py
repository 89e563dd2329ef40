import copy

import pytest
import yaml

from shopscore.errors import RuleError
from shopscore.ruleset.home import default_rules_dir
from shopscore.ruleset.load import load_rules
from shopscore.ruleset.salvage import salvaged

DATA = yaml.safe_load((default_rules_dir() / "1688.yaml").read_text(encoding="utf-8"))


def broken(change):
    data = copy.deepcopy(DATA)
    change(data)
    return data


def test_a_mistyped_key_is_read_as_the_one_that_is_missing():
    data = broken(lambda pack: pack["metrics"][0].update(beter=pack["metrics"][0].pop("better")))
    assert salvaged(data).metrics[0].better == "higher"
    assert "beter" in data["metrics"][0]


def test_an_unknown_key_is_left_out():
    assert salvaged(broken(lambda pack: pack["metrics"][0].update(colour="red"))) is not None


def test_more_than_keys_cannot_be_guessed():
    assert salvaged(broken(lambda pack: pack["metrics"][0].update(better=1))) is None
    assert salvaged(None) is None


def test_a_mistyped_key_does_not_hide_a_mistyped_condition(tmp_path):
    text = (default_rules_dir() / "1688.yaml").read_text(encoding="utf-8")
    wrong = text.replace("pickup_seconds <= ship_allowed_seconds", "pickup_second <= ship_allowed_seconds", 1)
    (tmp_path / "1688.yaml").write_text(wrong.replace("better: higher", "beter: higher", 1), encoding="utf-8")
    with pytest.raises(RuleError) as found:
        load_rules([default_rules_dir(), tmp_path])
    said = str(found.value)
    assert "unknown key 'beter'" in said
    assert "'pickup_second'" in said
    assert "^" in said
